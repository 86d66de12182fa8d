/*
 * Asks EC2 for each template of a live cloud whether it would start an instance: RunInstances with DryRun, as the controller's own
 * identity, through the plugin's own connection. Starts nothing and costs nothing. Needs objects, clouds, sdk.
 *
 * The request has what EC2 checks rights and existence of: image, type, subnet, security groups, instance profile and tags, as
 * SlaveTemplate.makeRunInstancesRequestAndFilters has them (ec2 2059).
 */

Map perform(Map request) {
    Object live = liveCloud(request.name)
    if (live == null) {
        throw new Refusal('no-such-cloud', ["the controller has no cloud \"${request.name}\"".toString()])
    }
    Object ec2 = live.connect()
    boolean isAsked = hasSdk2(ec2)
    return [templates: live.templates.collect {
        Map answer = isAsked ? answerFor(ec2, it) : [code: '', message: 'this release of the plugin has AWS SDK 1']
        return [description: text(read(it, 'description'))] + answer
    }]
}

/** EC2 answers each dry run with an error: its code is DryRunOperation where it would have started the instance. */
Map answerFor(Object ec2, Object template) {
    if (!text(read(template, 'ami'))) {
        return [code: '', message: 'the plugin looks up its image at each launch']
    }
    try {
        ec2.runInstances(dryRunOf(template))
        return [code: '', message: 'EC2 answered a dry run without an error']
    } catch (Exception failure) {
        return refusalOf(failure)
    }
}

Object dryRunOf(Object template) {
    Object network = builderOf('InstanceNetworkInterfaceSpecification').deviceIndex(0)
    List groups = texts(template, 'securityGroups').findAll { it.startsWith('sg-') }
    List subnets = texts(template, 'subnetId')
    if (groups) {
        network = network.groups(groups)
    }
    if (subnets) {
        network = network.subnetId(subnets.first())
    }
    Object asked = builderOf('RunInstancesRequest').dryRun(true).minCount(1).maxCount(1)
        .imageId(text(read(template, 'ami')))
        .instanceType(text(read(template, 'type')))
        .networkInterfaces([network.build()])
        .tagSpecifications(['instance', 'volume', 'network-interface'].collect { tagged(it, template) })
    String profile = text(read(template, 'iamInstanceProfile'))
    if (profile) {
        asked = asked.iamInstanceProfile(builderOf('IamInstanceProfileSpecification').arn(profile).build())
    }
    return asked.build()
}

Object tagged(String resource, Object template) {
    Map tags = (template.tags ?: []).collectEntries { [(it.name): it.value] }
    tags += [jenkins_slave_type: "demand_${read(template, 'description')}".toString()]
    String url = jenkins.model.JenkinsLocationConfiguration.get().url
    if (url) {
        tags += [jenkins_server_url: url]
    }
    List built = tags.collect { name, value -> builderOf('Tag').key(name).value(value).build() }
    return builderOf('TagSpecification').resourceType(resource).tags(built).build()
}

List<String> texts(Object template, String parameter) {
    return text(read(template, parameter)).split(/[\s,\[\]]+/).toList().findAll { it }
}
