/*
 * Builds the wanted cloud and its templates with the plugin's own constructors, without changing anything.
 * Needs adapt.
 */

/** The cloud object with its templates. Refuses with every problem of every template at once. */
Object builtCloud(Map cloud) {
    List problems = []
    Map parameters = adaptedCloud(cloud, problems)
    cloud.templates.groupBy { it.parameters.description }.findAll { it.value.size() > 1 }.each { description, same ->
        same.each { problems << problem(it.id, 'description', "\"${description}\" must be unique in the cloud") }
    }
    List templates = cloud.templates.collect { builtTemplate(it, problems) }
    refuse('parameter-refused', problems)
    Object whole = built(cloudType(), parameters + [templates: templates], '', problems)
    refuse('parameter-refused', problems)
    return whole
}

/** A template; null, with every reason in problems, if it cannot be. What is known to be wrong is not tried. */
Object builtTemplate(Map template, List problems) {
    List own = []
    Map parameters = adaptedTemplate(template, own)
    Object whole = own.empty ? built(type('hudson.plugins.ec2.SlaveTemplate'), parameters, template.id, own) : null
    problems.addAll(own)
    return whole
}

void refuse(String code, List problems) {
    if (problems) {
        throw new Refusal(code, problems)
    }
}

/** What DescribableModel logs while it builds; emptied before each object. */
@groovy.transform.Field ByteArrayOutputStream said = new ByteArrayOutputStream()
@groovy.transform.Field Object saying

Object sayingListener() {
    if (saying == null) {
        saying = type('hudson.util.StreamTaskListener').newInstance(said, java.nio.charset.StandardCharsets.UTF_8)
    }
    return saying
}

/** An object of its parameters, or null with the reason in problems. */
Object built(Class built, Map parameters, String id, List problems) {
    try {
        said.reset()
        Object object = model(built).instantiate(parameters, sayingListener())
        sayingListener().logger.flush()
        if (said.size() > 0) {
            said.toString('UTF-8').readLines().findAll { it.contains('Unknown parameter') }.each {
                problems << problem(id, '', "${it.replaceFirst(/^WARNING:\s*/, '')} (ec2 ${pluginVersion()}): remove the setting, or upgrade the plugin") + [code: 'parameter-unknown']
            }
        }
        return object
    } catch (Exception | LinkageError failure) {
        problems.addAll(culprits(built, parameters).collect { name, reason -> problem(id, name, reason) } ?: [problem(id, '', explain(failure))])
        return null
    }
}

/**
 * Which parameters cannot be built, with the reason: DescribableModel names none, and its text quotes all of them.
 * Each is tried alone; where nothing can be built of so little, each is left out in turn.
 */
Map culprits(Class built, Map parameters) {
    if (failureOf(built, [:]) == null) {
        Map alone = parameters.collectEntries { name, value -> [(name): failureOf(built, [(name): value])] }
        return alone.findAll { it.value != null }
    }
    String failure = failureOf(built, parameters)
    return parameters.keySet().findAll { name -> failureOf(built, parameters.findAll { it.key != name }) == null }
        .collectEntries { [(it): failure] }
}

String failureOf(Class built, Map parameters) {
    try {
        model(built).instantiate(parameters, type('hudson.model.TaskListener').NULL)
        return null
    } catch (Exception | LinkageError failure) {
        return explain(failure)
    }
}
