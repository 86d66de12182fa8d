// One thing that makes the stand-in call EC2. Prints JSON: what came of it, or what EC2 answered.
import groovy.json.JsonOutput
import hudson.model.labels.LabelAtom
import java.util.logging.Handler
import java.util.logging.LogRecord
import java.util.logging.Logger
import jenkins.model.Jenkins

def jenkins = Jenkins.get()
def cloud = jenkins.clouds.find { it.name == 'agents' }
def agent = { name -> jenkins.nodes.find { it.nodeName == name } }
// What the stand-in does with an agent that is idle for its time.
def instances = cloud?.class?.classLoader?.loadClass('standin.agents.Instances')
// As in the plugin, a launch that EC2 refuses is no exception: it is logged, and no agent comes of it.
def logged = { Closure launch ->
    def said = []
    def handler = new Handler() {
        void publish(LogRecord record) { said << record.message + (record.thrown ? ": ${record.thrown}" : '') }
        void flush() {}
        void close() {}
    }
    def logger = Logger.getLogger('standin.agents')
    logger.addHandler(handler)
    try {
        def launched = launch()
        if (launched == null) { throw new IllegalStateException(said.join('; ')) }
        launched
    } finally {
        logger.removeHandler(handler)
    }
}
def things = [
    // As a build that waits makes Jenkins do. The name of the agent.
    launch: { label -> logged { cloud.provision(new LabelAtom(label), 1)[0]?.future?.get()?.nodeName } },
    instance: { name -> instances.state(agent(name)); agent(name).instanceId },
    stop: { name -> instances.stop(agent(name)) },
    terminate: { name -> agent(name).terminate() },
    forgetAgents: { _ -> jenkins.nodes.each { jenkins.removeNode(it) }; cloud?.forgetCounts() },
    testConnection: { _ ->
        jenkins.getDescriptor(cloud.class).doTestConnection(
            jenkins, cloud.region, cloud.altEC2Endpoint, false, cloud.credentialsId, cloud.sshKeysCredentialsId, null, null).toString()
    },
]
try {
    println JsonOutput.toJson([result: things['{what}'].call('{argument}')?.toString()])
} catch (Exception problem) {
    println JsonOutput.toJson([problem: problem.toString()])
}
null
