"""What the EC2 plugin asks of EC2 and moto 5.2 does not know."""

from moto.ec2.models.spot_requests import SpotInstanceRequest
from moto.ec2.responses.instances import InstanceResponse
from moto.ec2.utils import filter_dict_attribute_mapping


def supply():
    """The tenancy of instances, with the filter of DescribeInstances for it, and the security groups of an instance that
    has them by its network interface: asked for before each launch. As many instances as were asked for at the most, where
    moto starts the least number: EC2 starts the largest number that it has room for (RunInstances, MaxCount). And the filter `launch.image-id` of
    DescribeSpotInstanceRequests, sent before each launch as soon as there is a Spot request."""
    filter_dict_attribute_mapping["tenancy"] = "placement.tenancy"
    run_instances = InstanceResponse.run_instances

    def completed(response):
        response.params["MinCount"] = response.params.get("MaxCount", 1)
        launched = run_instances(response)
        for instance in launched.result.instances:
            instance.placement.tenancy = response._get_param("Placement.Tenancy") or "default"
            if not instance.security_groups and 0 in instance.nics:
                instance.security_groups = list(instance.nics[0].group_set)
        return launched

    InstanceResponse.run_instances = completed
    get_filter_value = SpotInstanceRequest.get_filter_value

    def with_image(request, name, method=None):
        if name == "launch.image-id":
            return request.launch_specification.image_id
        return get_filter_value(request, name, method)

    SpotInstanceRequest.get_filter_value = with_image
