/*
 * The wanted parameters, given by the newest plugin's names, in the names and types of the generation that is
 * installed. Finds every problem that can be found before building. Needs objects, clouds.
 */

/** Everything of a cloud but its templates; see adapted(). */
Map adaptedCloud(Map cloud, Map missing, List problems) {
    Class built = cloudType()
    Map wanted = [name: cloud.name] + cloud.parameters
    if (model(built).getParameter('name') == null) {
        wanted = [cloudName: cloud.name] + cloud.parameters // The oldest generation; it derives the name "ec2-…" itself.
    }
    checkNumbers(wanted, [instanceCapStr: 1], 'the cloud', problems)
    return adapted(built, wanted, cloud.optional, 'the cloud', missing, problems)
}

Map adaptedTemplate(Map template, Map missing, List problems) {
    String where = "template ${template.id}"
    Class built = type('hudson.plugins.ec2.SlaveTemplate')
    Map wanted = withPublicAddress(template, model(built), where, problems)
    checkNumbers(wanted, [instanceCapStr: 1, numExecutors: 1, idleTerminationMinutes: null, launchTimeoutStr: 0], where, problems)
    ['description', 'type'].findAll { !wanted[it] }.each { problems << "${where}: ${it} is missing".toString() }
    if (!wanted.ami && !wanted.amiFilters && !wanted.amiOwners && !wanted.amiUsers) {
        problems << "${where}: no image: give ami, or amiFilters with amiOwners".toString()
    }
    checkPrice(wanted.spotConfig, where, problems)
    if (wanted.amiType instanceof Map) {
        checkNumbers(wanted.amiType, [sshPort: 1, bootDelay: 0], "${where}, amiType", problems)
        checkImageType(wanted.amiType['$class'], where, problems)
    }
    return adapted(built, wanted, template.optional, where, missing, problems)
}

/** Before associateIPStrategy there was only associatePublicIp: yes, or what the subnet says. */
Map withPublicAddress(Map template, Object described, String where, List problems) {
    Map wanted = new LinkedHashMap(template.parameters)
    String strategy = wanted.associateIPStrategy
    if (strategy == null || described.getParameter('associateIPStrategy') != null || described.getParameter('associatePublicIp') == null) {
        return wanted
    }
    if (strategy == 'PRIVATE_IP' && !('associateIPStrategy' in template.optional)) {
        problems << "${where}: associateIPStrategy: ec2 ${pluginVersion()} cannot refuse a public address (PRIVATE_IP): use a subnet that gives none and SUBNET, or upgrade the plugin".toString()
    }
    wanted.remove('associateIPStrategy')
    wanted.associatePublicIp = (strategy == 'PUBLIC_IP').toString()
    return wanted
}

void checkImageType(Object name, String where, List problems) {
    if (name instanceof String && !name.contains('.') && !exists("hudson.plugins.ec2.${name}")) {
        problems << "${where}: amiType: ec2 ${pluginVersion()} does not know ${name}: upgrade the plugin, or choose another platform".toString()
    }
}

/** The plugin turns a price that is no number into none at all, so that the bid is the on-demand price. */
void checkPrice(Object spot, String where, List problems) {
    String price = spot instanceof Map ? spot.spotMaxBidPrice : null
    if (price && !price.contains(unknownMark()) && !(price ==~ /\d+(\.\d+)?/)) {
        problems << "${where}: spotConfig.spotMaxBidPrice: \"${price}\" is not a price in USD such as 0.08".toString()
    }
}

/** Numbers that the plugin takes as text and does not check, or only where it stumbles; each with its least value. */
void checkNumbers(Map wanted, Map<String, Integer> least, String where, List problems) {
    least.each { String name, Integer minimum ->
        String text = wanted[name]
        if (!text || text.contains(unknownMark())) {
            return
        }
        if (!(text ==~ /-?\d{1,9}/)) {
            problems << "${where}: ${name}: \"${text}\" is not a whole number".toString()
        } else if (minimum != null && text.toInteger() < minimum) {
            problems << "${where}: ${name}: ${text} is less than ${minimum}".toString()
        }
    }
}

/**
 * Drops what is optional and unknown here, notes in `missing` (parameter to places) what is unknown and was asked for,
 * and turns values of enums into their constants' names: 't3.micro' is T3Micro where the type is an enum of the AWS SDK.
 */
Map adapted(Class built, Map wanted, List optional, String where, Map missing, List problems) {
    def described = model(built)
    Map result = [:]
    wanted.each { String name, Object value ->
        def parameter = described.getParameter(name)
        if (parameter != null) {
            result[name] = parameter.erasedType.enum ? constantName(parameter.erasedType, value, "${where}: ${name}", problems) : value
        } else if (!(name in (optional ?: [])) && value != 'false') { // a switch that is off needs no parameter
            missing.get(name, []) << where
        }
    }
    return result
}

Object constantName(Class enumeration, Object value, String where, List problems) {
    List<String> names = enumeration.enumConstants*.name()
    if (!(value instanceof String) || value in names || value.contains(unknownMark())) {
        return value
    }
    try {
        return enumeration.fromValue(value).name()
    } catch (MissingMethodException | IllegalArgumentException ignored) {
        String allowed = names.size() > 12 ? "the ${names.size()} that this version knows" : names.join(', ')
        problems << "${where}: \"${value}\" is not one of ${allowed}".toString()
        return null
    }
}

/** One sentence for each parameter that this version lacks, with all places that ask for it. */
List<String> missingProblems(Map missing) {
    return missing.collect { name, places ->
        "ec2 ${pluginVersion()} on this controller has no parameter \"${name}\" (${places.join(', ')}): remove the setting, or upgrade the plugin".toString()
    }
}
