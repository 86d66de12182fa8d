/*
 * The wanted parameters, given by the newest plugin's names, in the names and types of the generation that is
 * installed. Finds every problem that can be found before building. Needs objects, clouds.
 */

/** Everything of a cloud but its templates; see adapted(). */
Map adaptedCloud(Map cloud, List problems) {
    Class built = cloudType()
    Map wanted = [name: cloud.name] + cloud.parameters
    if (model(built).getParameter('name') == null) {
        wanted = [cloudName: cloud.name] + cloud.parameters // The oldest generation; it derives the name "ec2-…" itself.
    }
    checkNumbers(wanted, [instanceCapStr: 1], '', '', problems)
    return adapted(built, wanted, cloud.optional, '', problems)
}

Map adaptedTemplate(Map template, List problems) {
    String id = template.id
    Class built = type('hudson.plugins.ec2.SlaveTemplate')
    Map wanted = withPublicAddress(template, model(built), problems)
    checkNumbers(wanted, [instanceCapStr: 1, numExecutors: 1, idleTerminationMinutes: null, launchTimeoutStr: 0], id, '', problems)
    ['description', 'type'].findAll { !wanted[it] }.each { problems << problem(id, it, 'is missing') }
    if (!wanted.ami && !wanted.amiFilters && !wanted.amiOwners && !wanted.amiUsers) {
        problems << problem(id, 'ami', 'no image: give ami, or amiFilters with amiOwners')
    }
    checkPrice(wanted.spotConfig, id, problems)
    if (wanted.amiType instanceof Map) {
        checkNumbers(wanted.amiType, [sshPort: 1, bootDelay: 0], id, 'amiType.', problems)
    }
    wanted.each { name, value -> checkClasses(value, id, name, problems) }
    return adapted(built, wanted, template.optional, id, problems)
}

/** Before associateIPStrategy there was only associatePublicIp: yes, or what the subnet says. */
Map withPublicAddress(Map template, Object described, List problems) {
    Map wanted = new LinkedHashMap(template.parameters)
    String strategy = wanted.associateIPStrategy
    if (strategy == null || described.getParameter('associateIPStrategy') != null || described.getParameter('associatePublicIp') == null) {
        return wanted
    }
    if (strategy == 'PRIVATE_IP' && !('associateIPStrategy' in template.optional)) {
        problems << lack(template.id, 'associateIPStrategy', 'associateIPStrategy', 'cannot refuse a public address (PRIVATE_IP; a subnet that gives none, with SUBNET, does)')
    }
    wanted.remove('associateIPStrategy')
    wanted.associatePublicIp = (strategy == 'PUBLIC_IP').toString()
    return wanted
}

/** Classes that the parameter names and that are not there, wherever in it they are named. A simple name is known by its plugin only, except an image's type. */
void checkClasses(Object value, String id, String parameter, List problems) {
    if (value instanceof List) {
        value.each { checkClasses(it, id, parameter, problems) }
    } else if (value instanceof Map) {
        String name = value['$class']
        String whole = name && !name.contains('.') && parameter == 'amiType' ? "hudson.plugins.ec2.${name}" : name
        if (whole?.contains('.') && !exists(whole)) {
            String simple = whole.tokenize('.').last()
            problems << (whole.startsWith('hudson.plugins.ec2.')
                ? lack(id, parameter, simple, "does not know ${simple}")
                : problem(id, parameter, "the controller has no class ${whole}: install the plugin that has it"))
        }
        value.each { key, item -> checkClasses(item, id, parameter, problems) }
    }
}

/** The plugin turns a price that is no number into none at all, so that the bid is the on-demand price. */
void checkPrice(Object spot, String id, List problems) {
    String price = spot instanceof Map ? spot.spotMaxBidPrice : null
    if (price && !price.contains(unknownMark()) && !(price ==~ /\d+(\.\d+)?/)) {
        problems << problem(id, 'spotConfig.spotMaxBidPrice', "\"${price}\" is not a price in USD such as 0.08")
    }
}

/** Numbers that the plugin takes as text and does not check, or only where it stumbles; each with its least value. */
void checkNumbers(Map wanted, Map<String, Integer> least, String id, String within, List problems) {
    least.each { String name, Integer minimum ->
        String text = wanted[name]
        if (!text || text.contains(unknownMark())) {
            return
        }
        if (!(text ==~ /-?\d{1,9}/)) {
            problems << problem(id, within + name, "\"${text}\" is not a whole number")
        } else if (minimum != null && text.toInteger() < minimum) {
            problems << problem(id, within + name, "${text} is less than ${minimum}")
        }
    }
}

/**
 * Drops what is optional and unknown here, makes a problem of what is unknown and was asked for, and turns values of enums into their constants' names: 't3.micro' is T3Micro where the type is an enum of the AWS SDK.
 */
Map adapted(Class built, Map wanted, List optional, String id, List problems) {
    def described = model(built)
    Map result = [:]
    wanted.each { String name, Object value ->
        def parameter = described.getParameter(name)
        if (parameter != null) {
            result[name] = parameter.erasedType.enum ? constantName(parameter.erasedType, value, id, name, problems) : value
        } else if (!(name in (optional ?: [])) && value != 'false') { // a switch that is off needs no parameter
            problems << lack(id, name, name, "has no parameter \"${name}\"")
        }
    }
    return result
}

Object constantName(Class enumeration, Object value, String id, String parameter, List problems) {
    List<String> names = enumeration.enumConstants*.name()
    if (!(value instanceof String) || value in names || value.contains(unknownMark())) {
        return value
    }
    try {
        return enumeration.fromValue(value).name()
    } catch (MissingMethodException | IllegalArgumentException ignored) {
        String allowed = names.size() > 12 ? "the ${names.size()} that this version knows" : names.join(', ')
        problems << problem(id, parameter, "\"${value}\" is not one of ${allowed}")
        return null
    }
}

/** What is wrong with a parameter of a template, or with an empty id of the cloud itself. The client names the setting behind it. */
Map problem(String id, String parameter, String text) {
    return [template: id, parameter: parameter, text: text.toString()]
}

/** What the installed plugin lacks: a parameter or a class. The client knows which version has it first. */
Map lack(String id, String parameter, String lacks, String text) {
    return problem(id, parameter, "ec2 ${pluginVersion()} ${text}") + [lacks: lacks]
}
