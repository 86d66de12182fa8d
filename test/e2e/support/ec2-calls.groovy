// One thing that makes the stand-in call EC2. Prints JSON: what came of it, or what EC2 answered.
import groovy.json.JsonOutput
import hudson.model.labels.LabelAtom
import jenkins.model.Jenkins

def jenkins = Jenkins.get()
def cloud = jenkins.clouds.find { it.name == 'agents' }
def agent = { name -> jenkins.nodes.find { it.nodeName == name } }
// What the stand-in does with an agent that is idle for its time, and with a stopped one that is wanted.
def instances = cloud.class.classLoader.loadClass('standin.agents.Instances')
def things = [
    // As a build that waits makes Jenkins do. The name of the agent.
    launch: { label -> cloud.provision(new LabelAtom(label), 1)[0].future.get().nodeName },
    instance: { name -> instances.state(agent(name)); agent(name).instanceId },
    stop: { name -> instances.stop(agent(name)) },
    start: { name -> instances.start(agent(name)) },
    terminate: { name -> agent(name).terminate() },
    forgetAgents: { _ -> jenkins.nodes.each { jenkins.removeNode(it) } },
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
