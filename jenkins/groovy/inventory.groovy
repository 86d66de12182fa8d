/*
 * The permanent agents of a controller, how busy they were, and what jobs ask for; or one page of builds. Reads only, and takes no
 * lock. Needs objects, permanent.
 *
 * Only builds are on disk. Jenkins holds the list of a job's builds while it loads one of them (AbstractLazyLoadRunMap), and drops a
 * build again when memory is short (BuildReference). Monitors answer from memory; if one has not run since Jenkins started, the
 * question starts it, as Jenkins' own page of the nodes does (AbstractNodeMonitorDescriptor.get). Read in the sources of August 2026.
 */

Map perform(Map request) {
    return request.page ? builds(request.page) : overview(request.hours as int, request.minutes as int)
}

Map overview(int hours, int minutes) {
    def jenkins = jenkins.model.Jenkins.get()
    Map<Object, Set> permanent = permanentAgents().collectEntries { [(it): ownLabels(it)] }
    Map<String, Integer> asked = labelsOfJobs()
    Set<String> names = (permanent.values().collectMany { it*.name } + asked.keySet()) as Set
    return [
        agents: permanent.collect { node, labels -> agent(node, labels, hours, minutes) },
        cloudAgents: (jenkins.nodes.size() - permanent.size()) as String,
        labels: names.sort().collect { label(it, asked[it] ?: 0, permanent, hours, minutes) },
    ]
}

Map agent(Object node, Set labels, int hours, int minutes) {
    Object computer = node.toComputer()
    Map monitors = computer?.monitorData ?: [:]
    List properties = node.nodeProperties.toList()
    long memory = monitors['hudson.node_monitors.SwapSpaceMonitor']?.totalPhysicalMemory ?: -1 // as Jenkins has it where it is not known
    Object load = node.selfLabel.loadStatistics.busyExecutors
    return [
        name: node.nodeName,
        labels: labels*.name,
        executors: node.numExecutors as String,
        folder: node.remoteFS ?: '',
        exclusive: node.mode.name() == 'EXCLUSIVE',
        started: startedBy(node.launcher),
        system: (monitors['hudson.node_monitors.ArchitectureMonitor'] ?: '').toString(),
        memoryBytes: memory > 0 ? memory as String : '',
        java: (monitors['hudson.plugin.versioncolumn.JVMVersionMonitor'] ?: '').toString(),
        environment: properties.findAll { isA(it, 'hudson.slaves.EnvironmentVariablesNodeProperty') }
            .collectMany { it.envVars.collect { name, value -> [name: name, value: isSecretName(name) ? '' : value, secret: isSecretName(name)] } },
        tools: properties.findAll { isA(it, 'hudson.tools.ToolLocationNodeProperty') }
            .collectMany { it.locations.collect { tool -> [type: tool.key.split('@', 2)[0], name: tool.name, home: tool.home] } },
        otherProperties: properties.findAll { !isA(it, 'hudson.slaves.EnvironmentVariablesNodeProperty') && !isA(it, 'hudson.tools.ToolLocationNodeProperty') }
            *.class*.simpleName,
        online: computer != null && computer.online,
        offlineReason: computer != null && computer.offline ? (computer.offlineCauseReason ?: '').toString() : '',
        idleSince: computer == null || computer.countBusy() > 0 || computer.numExecutors == 0 ? '' : computer.idleStartMilliseconds as String,
        busyByHour: samples(load.hour.history, hours),
        busyByMinute: samples(load.min.history, minutes),
    ]
}

String startedBy(Object launcher) {
    Object inner = launcher?.metaClass?.hasProperty(launcher, 'launcher') ? launcher.launcher : launcher
    String name = inner == null ? '' : inner.class.simpleName
    return [SSHLauncher: 'SSH', JNLPLauncher: 'inbound'][name] ?: name
}

/** How many jobs ask for each label or expression. The steps of a Pipeline ask for labels that nothing shows before it runs. */
Map<String, Integer> labelsOfJobs() {
    Map<String, Integer> asked = [:]
    jenkins.model.Jenkins.get().getAllItems(hudson.model.Job).each { job ->
        String text = job.metaClass.respondsTo(job, 'getAssignedLabelString') ? job.assignedLabelString : null
        if (text) {
            asked[text] = (asked[text] ?: 0) + 1
        }
    }
    return asked
}

/** @param permanent agents with their own labels */
Map label(String text, int jobs, Map<Object, Set> permanent, int hours, int minutes) {
    Object label = jenkins.model.Jenkins.get().getLabel(text)
    Object waiting = label.loadStatistics.queueLength
    return [
        name: text,
        jobs: jobs as String,
        agents: permanent.findAll { node, own -> label.matches(own) }.keySet()*.nodeName,
        agentsByName: permanent.findAll { node, own -> label.matches(node) && !label.matches(own) }.keySet()*.nodeName,
        elsewhere: otherNodes().any { label.matches(it.assignedLabels) } || isCloudFor(label),
        waitingByHour: samples(waiting.hour.history, hours),
        waitingByMinute: samples(waiting.min.history, minutes),
    ]
}

/**
 * Figures as they were counted, newest first, as text: `0*12,2*3`. Jenkins keeps a moving average of them (TimeSeries.update), from
 * which each figure follows: average = before * decay + figure * (1 - decay).
 */
@groovy.transform.CompileStatic
String samples(float[] history, int most) {
    float decay = hudson.model.LoadStatistics.DECAY
    List<String> runs = []
    long last = -1
    int count = 0
    for (int i = 0; i + 1 < history.length && i < most; i++) {
        long figure = Math.max(0L, Math.round((double) (history[i] - decay * history[i + 1]) / (1 - decay)))
        if (figure == last) {
            count++
            continue
        }
        if (count > 0) {
            runs.add(last + '*' + count)
        }
        last = figure
        count = 1
    }
    if (count > 0) {
        runs.add(last + '*' + count)
    }
    return runs.join(',')
}

/**
 * Builds that name their agent, job by job and newest first, until the page is full or its time is over; then `next` is where to go on.
 * Of other jobs, as Pipelines, no build is loaded: only AbstractBuild has getBuiltOnStr.
 */
Map builds(Map page) {
    long now = System.currentTimeMillis()
    long until = now + (page.milliseconds as long)
    long since = now - (page.hours as long) * 3_600_000L
    int left = page.most as int
    List rows = []
    List jobs = jenkins.model.Jenkins.get().getAllItems(hudson.model.Job).findAll { it.fullName >= page.job }.sort { it.fullName }
    int nameless = 0
    for (Object job : jobs) {
        if (!isA(job, 'hudson.model.AbstractProject')) {
            nameless += job.nextBuildNumber > 1 ? 1 : 0
            continue
        }
        if (System.currentTimeMillis() > until) {
            return [rows: rows, nameless: nameless as String, next: [job: job.fullName, number: '']]
        }
        Object build = job.fullName == page.job && page.number ? job.getNearestOldBuild(page.number as int) : job.lastBuild
        while (build != null && build.startTimeInMillis >= since) {
            if (left-- == 0 || System.currentTimeMillis() > until) {
                return [rows: rows, nameless: nameless as String, next: [job: job.fullName, number: build.number as String]]
            }
            long age = now - build.startTimeInMillis
            rows << [build.builtOnStr ?: '', age as String, (build.building ? age : build.duration) as String]
            build = build.number > 1 ? job.getNearestOldBuild(build.number - 1) : null
        }
    }
    return [rows: rows, nameless: nameless as String]
}
