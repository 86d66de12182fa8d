// A cloud as an administrator makes it by hand: with credentials of its own and two templates.
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl
import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey
import com.cloudbees.plugins.credentials.CredentialsScope
import com.cloudbees.plugins.credentials.SystemCredentialsProvider
import com.cloudbees.plugins.credentials.domains.Domain
import groovy.json.JsonSlurper
import java.lang.reflect.Modifier
import jenkins.model.Jenkins
import org.jenkinsci.plugins.structs.describable.DescribableModel

def given = new JsonSlurper().parseText(new String('DATA'.decodeBase64(), 'UTF-8'))
def store = SystemCredentialsProvider.instance.store
store.addCredentials(Domain.global(),
    new AWSCredentialsImpl(CredentialsScope.GLOBAL, 'jenkins-key', given.accessKeyId, given.secretAccessKey, 'key of the build team'))
store.addCredentials(Domain.global(),
    new BasicSSHUserPrivateKey(CredentialsScope.GLOBAL, 'jenkins-ssh', 'ec2-user',
        new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource(given.privateKey), '', 'key pair of the build team'))
def load = { name -> Jenkins.get().pluginManager.uberClassLoader.loadClass(name) }
def cloudClass = load('hudson.plugins.ec2.EC2Cloud')
if (Modifier.isAbstract(cloudClass.modifiers)) cloudClass = load('hudson.plugins.ec2.AmazonEC2Cloud')
def held = { Class type, Map values ->
    def known = new DescribableModel(type).parameters*.name
    values.findAll { it.key in known }
}
def templates = given.templates.collect { held(load('hudson.plugins.ec2.SlaveTemplate'), it) }
def values = given.cloud + [cloudName: given.cloud.name, credentialsId: 'jenkins-key', sshKeysCredentialsId: 'jenkins-ssh', templates: templates]
Jenkins.get().clouds.add(new DescribableModel(cloudClass).instantiate(held(cloudClass, values)))
null
