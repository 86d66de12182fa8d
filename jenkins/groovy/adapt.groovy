/*
 * The wanted parameters, given by the newest plugin's names, in the names and types of the generation that is
 * installed. Finds every problem that can be found before building. Needs objects, clouds.
 */

/** Everything of a cloud but its templates; see adapted(). */
Map adaptedCloud(Map cloud, List problems) {
    Class built = cloudType()
    Map wanted = [name: cloud.name] + cloud.parameters
    if (!typesOfParameters(built).containsKey('name')) {
        wanted = [cloudName: cloud.name] + cloud.parameters // The oldest generation; it derives the name "ec2-…" itself.
    }
    checkNumbers(wanted, [instanceCapStr: 1], '', '', problems)
    return adapted(built, wanted, cloud.optional, '', problems)
}

Map adaptedTemplate(Map template, List problems) {
    String id = template.id
    Class built = type('hudson.plugins.ec2.SlaveTemplate')
    Map wanted = withPublicAddress(template, typesOfParameters(built).keySet(), problems)
    checkNumbers(wanted, [instanceCapStr: 1, numExecutors: 1, idleTerminationMinutes: null, launchTimeoutStr: 0], id, '', problems)
    for (String name : ['description', 'type']) {
        if (!wanted[name]) {
            problems << problem(id, name, 'is missing')
        }
    }
    if (!wanted.ami && !wanted.amiFilters && !wanted.amiOwners && !wanted.amiUsers) {
        problems << problem(id, 'ami', 'no image: give ami, or amiFilters with amiOwners')
    }
    checkPrice(wanted.spotConfig, id, problems)
    if (wanted.amiType instanceof Map) {
        checkNumbers(wanted.amiType, [sshPort: 1, bootDelay: 0], id, 'amiType.', problems)
    }
    checkParameters(wanted, id, problems)
    return adapted(built, wanted, template.optional, id, problems)
}

/** Before associateIPStrategy there was only associatePublicIp: yes, or what the subnet has. */
Map withPublicAddress(Map template, Set<String> known, List problems) {
    String strategy = template.parameters.associateIPStrategy
    if (strategy == null || known.contains('associateIPStrategy') || !known.contains('associatePublicIp')) {
        return template.parameters
    }
    if (strategy == 'PRIVATE_IP' && !('associateIPStrategy' in template.optional)) {
        problems << lack(template.id, 'associateIPStrategy', 'associateIPStrategy', 'cannot refuse a public address (PRIVATE_IP; a subnet that gives none, with SUBNET, does)')
    }
    return template.parameters.findAll { it.key != 'associateIPStrategy' } + [associatePublicIp: (strategy == 'PUBLIC_IP').toString()]
}

@groovy.transform.CompileStatic
void checkParameters(Map<String, Object> wanted, String id, List problems) {
    for (Map.Entry<String, Object> each : wanted.entrySet()) {
        checkClasses(each.value, id, each.key, problems)
    }
}

/** Classes that the parameter names and that are not there, wherever in it they are named. */
@groovy.transform.CompileStatic
void checkClasses(Object value, String id, String parameter, List problems) {
    if (value instanceof List) {
        for (Object item : (List) value) {
            checkClasses(item, id, parameter, problems)
        }
    } else if (value instanceof Map) {
        Map<String, Object> object = (Map) value
        checkClass((String) object.get('$class'), id, parameter, problems)
        for (Object item : object.values()) {
            checkClasses(item, id, parameter, problems)
        }
    }
}

/** A simple name is known by its plugin only, except an image's type. */
void checkClass(String name, String id, String parameter, List problems) {
    String whole = name && !name.contains('.') && parameter == 'amiType' ? "hudson.plugins.ec2.${name}" : name
    if (whole?.contains('.') && !exists(whole)) {
        String simple = whole.tokenize('.').last()
        problems << (whole.startsWith('hudson.plugins.ec2.')
            ? lack(id, parameter, simple, "does not know ${simple}")
            : problem(id, parameter, "the controller has no class ${whole}: install the plugin that has it") + [code: 'parameter-unknown'])
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
@groovy.transform.CompileStatic
void checkNumbers(Map<String, Object> wanted, Map<String, Integer> least, String id, String within, List problems) {
    for (Map.Entry<String, Integer> each : least.entrySet()) {
        String text = wanted.get(each.key)?.toString()
        if (text && !text.contains(unknownMark())) {
            checkNumber(text, each.value, id, within + each.key, problems)
        }
    }
}

@groovy.transform.Field java.util.regex.Pattern wholeNumber = ~/-?\d{1,9}/

@groovy.transform.CompileStatic
void checkNumber(String text, Integer least, String id, String parameter, List problems) {
    if (!wholeNumber.matcher(text).matches()) {
        problems.add(problem(id, parameter, "\"${text}\" is not a whole number"))
    } else if (least != null && text.toInteger() < least) {
        problems.add(problem(id, parameter, "${text} is less than ${least}"))
    }
}

/**
 * Drops what is optional and unknown here, makes a problem of what is unknown and was asked for, and turns values of enums into their constants' names: 't3.micro' is T3Micro where the type is an enum of the AWS SDK.
 */
@groovy.transform.CompileStatic
Map<String, Object> adapted(Class built, Map<String, Object> wanted, List optional, String id, List problems) {
    Map<String, Class> types = typesOfParameters(built)
    Map<String, Object> result = new LinkedHashMap<String, Object>()
    for (Map.Entry<String, Object> each : wanted.entrySet()) {
        String name = each.key
        Class type = types.get(name)
        if (type != null) {
            result.put(name, type.enum ? constantName(type, each.value, id, name, problems) : each.value)
        } else if (!optional?.contains(name) && each.value != 'false') { // a switch that is off needs no parameter
            problems.add(lack(id, name, name, "has no parameter \"${name}\""))
        }
    }
    return result
}

@groovy.transform.Field Map<Class, Set<String>> constants = [:]

@groovy.transform.CompileStatic
Object constantName(Class enumeration, Object value, String id, String parameter, List problems) {
    Set<String> names = constants.get(enumeration)
    if (names == null) {
        names = enumeration.enumConstants.collect { ((Enum) it).name() } as LinkedHashSet
        constants.put(enumeration, names)
    }
    return !(value instanceof String) || names.contains(value) || ((String) value).contains(unknownMark())
        ? value
        : constantOf(enumeration, (String) value, names, id, parameter, problems)
}

Object constantOf(Class enumeration, String value, Set<String> names, String id, String parameter, List problems) {
    try {
        return enumeration.fromValue(value).name()
    } catch (MissingMethodException | IllegalArgumentException ignored) {
        String allowed = names.size() > 12 ? "the ${names.size()} that this version knows" : names.join(', ')
        problems << problem(id, parameter, "\"${value}\" is not one of ${allowed}") + [code: 'parameter-unknown']
        return null
    }
}

/** What is wrong with a parameter of a template, or with an empty id of the cloud itself. The client names the setting behind it. */
Map problem(String id, String parameter, String text) {
    return [template: id, parameter: parameter, text: text.toString()]
}

/** What the installed plugin lacks: a parameter or a class. The client knows which version has it first. */
Map lack(String id, String parameter, String lacks, String text) {
    return problem(id, parameter, "ec2 ${pluginVersion()} ${text}") + [code: 'parameter-unknown', lacks: lacks]
}
