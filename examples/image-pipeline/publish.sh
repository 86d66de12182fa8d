#!/bin/sh
# The last step of an image pipeline: from now on new agents start from this image. It ends with what the update did.
#
#     publish.sh IMAGE NUMBER    IMAGE is an AMI's id; NUMBER is greater than that of the last time, like the pipeline's run
set -eu
aws ssm put-parameter --name /jenkins/images/linux --type String --data-type aws:ec2:image --value "$1" --overwrite
pulumi config set --stack image-pipeline --path jenkins-ec2-agents:clouds.pipeline.defaults.image.refresh "$2"
pulumi up --stack image-pipeline --yes --skip-preview --non-interactive
