// A cloud and a credential that the administrator made by hand, in place of what an earlier run made.
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl
import com.cloudbees.plugins.credentials.CredentialsScope
import com.cloudbees.plugins.credentials.SystemCredentialsProvider
import com.cloudbees.plugins.credentials.domains.Domain
import java.lang.reflect.Modifier
import jenkins.model.Jenkins
import org.jenkinsci.plugins.structs.describable.DescribableModel

SystemCredentialsProvider.instance.store.addCredentials(
    Domain.global(),
    new AWSCredentialsImpl(CredentialsScope.GLOBAL, 'by-hand', 'AKIAXXXXXXXXXXXXXXXX', 'by-hand-secret', 'made by hand'))
Jenkins.get().clouds.findAll { it.name.endsWith('by-hand') }.each { Jenkins.get().clouds.remove(it) }
def load = { name -> Jenkins.get().pluginManager.uberClassLoader.loadClass(name) }
def cloudClass = load('hudson.plugins.ec2.EC2Cloud')
if (Modifier.isAbstract(cloudClass.modifiers)) cloudClass = load('hudson.plugins.ec2.AmazonEC2Cloud')
def values = [name: 'by-hand', cloudName: 'by-hand', credentialsId: 'by-hand', region: 'us-east-1', instanceCapStr: '3', templates: []]
def known = new DescribableModel(cloudClass).parameters*.name
Jenkins.get().clouds.add(new DescribableModel(cloudClass).instantiate(values.findAll { it.key in known }))
null
