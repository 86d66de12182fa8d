/*
 * Fills a stand-in controller with permanent agents, jobs, and the use of both. `fleet` is compressed JSON, see staticAgents.ts.
 * What is marked below works on the stand-in only: a Jenkins finds these figures by itself.
 */
import hudson.model.FreeStyleBuild
import hudson.model.FreeStyleProject
import hudson.model.Job
import hudson.plugins.sshslaves.SSHLauncher
import hudson.slaves.DumbSlave
import hudson.slaves.EnvironmentVariablesNodeProperty
import hudson.slaves.JNLPLauncher
import hudson.tools.ToolLocationNodeProperty

def jenkins = jenkins.model.Jenkins.get()
def fleet = new groovy.json.JsonSlurper().parse(new java.util.zip.GZIPInputStream(new ByteArrayInputStream(Base64.decoder.decode('FLEET'))))

def series = { Object of, List hours, List minutes ->
    hours.each { of.hour.update(it as float) }
    minutes.each { of.min.update(it as float) }
}

fleet.agents.each { wanted ->
    def agent = new DumbSlave(wanted.name, wanted.folder, wanted.ssh ? new SSHLauncher(wanted.name, 22) : new JNLPLauncher())
    agent.labelString = wanted.labels
    agent.numExecutors = wanted.executors
    agent.mode = wanted.exclusive ? hudson.model.Node.Mode.EXCLUSIVE : hudson.model.Node.Mode.NORMAL
    agent.nodeProperties = [
        new EnvironmentVariablesNodeProperty(wanted.environment.collect { new EnvironmentVariablesNodeProperty.Entry(it.key, it.value) }),
        new ToolLocationNodeProperty(wanted.tools.collect { new ToolLocationNodeProperty.ToolLocation(it.key, it.home) }),
    ].findAll { it instanceof EnvironmentVariablesNodeProperty ? it.env : it.locations }
    jenkins.addNode(agent)
    series(agent.selfLabel.loadStatistics.busyExecutors, wanted.busyByHour, wanted.busyByMinute)
    agent.toComputer().monitorData = [ // the stand-in only
        'hudson.node_monitors.ArchitectureMonitor': wanted.system,
        'hudson.node_monitors.SwapSpaceMonitor': [totalPhysicalMemory: wanted.memoryBytes as long],
        'hudson.plugin.versioncolumn.JVMVersionMonitor': wanted.java,
    ]
}

fleet.labels.each { label ->
    def load = jenkins.getLabel(label.name).loadStatistics
    series(load.busyExecutors, label.busyByHour, label.busyByMinute)
    series(load.queueLength, label.waitingByHour, label.waitingByMinute)
}

fleet.jobs.each { wanted ->
    def job = wanted.label == null ? new Job(wanted.name) : new FreeStyleProject(wanted.name)
    if (wanted.label) {
        job.assignedLabel = jenkins.getLabel(wanted.label)
    }
    job.history = wanted.builds.reverse().withIndex().collect { build, index -> // the stand-in only
        new FreeStyleBuild(wanted.builds.size() - index, build.start as long, build.duration as long, build.agent)
    }
    jenkins.addJob(job) // the stand-in only
}
println 'done'
null
