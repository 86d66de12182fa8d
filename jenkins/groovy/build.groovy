/*
 * Builds the wanted cloud and its templates with the plugin's own constructors, without changing anything.
 * Needs adapt.
 */

/** The cloud object with its templates. Refuses with every problem of every template at once. */
Object builtCloud(Map cloud) {
    List problems = []
    Map missing = new TreeMap()
    Map parameters = adaptedCloud(cloud, missing, problems)
    List adaptedTemplates = cloud.templates.collect { [id: it.id, parameters: adaptedTemplate(it, missing, problems)] }
    cloud.templates.groupBy { it.parameters.description }.findAll { it.value.size() > 1 }.each { description, same ->
        problems << "templates ${same*.id.join(', ')}: the description \"${description}\" must be unique in the cloud".toString()
    }
    problems.addAll(0, missingProblems(missing))
    refuse(problems)
    Class templateType = type('hudson.plugins.ec2.SlaveTemplate')
    List templates = adaptedTemplates.collect { built(templateType, it.parameters, "template ${it.id}", problems) }
    refuse(problems)
    Object whole = built(cloudType(), parameters + [templates: templates], 'the cloud', problems)
    refuse(problems)
    return whole
}

void refuse(List problems) {
    if (problems) {
        throw new Refusal(problems)
    }
}

/** An object of its parameters, or null with the reason in problems. */
Object built(Class built, Map parameters, String where, List problems) {
    OutputStream warnings = new ByteArrayOutputStream()
    def listener = type('hudson.util.StreamTaskListener').newInstance(warnings, java.nio.charset.StandardCharsets.UTF_8)
    try {
        Object object = model(built).instantiate(parameters, listener)
        listener.logger.flush()
        warnings.toString('UTF-8').readLines().findAll { it.contains('Unknown parameter') }.each {
            problems << "${where}: ${it.replaceFirst(/^WARNING:\s*/, '')} (ec2 ${pluginVersion()}): remove the setting, or upgrade the plugin".toString()
        }
        return object
    } catch (Exception | LinkageError failure) {
        problems.addAll(culprits(built, parameters).collect { name, reason -> "${where}: ${name}: ${reason}".toString() } ?: ["${where}: ${explain(failure)}".toString()])
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
