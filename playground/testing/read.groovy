// What a controller holds, as JSON, read through the plugin's own data-bound parameters. No secret is printed.
import com.cloudbees.plugins.credentials.SystemCredentialsProvider
import groovy.json.JsonOutput
import hudson.util.Secret
import jenkins.model.Jenkins
import org.jenkinsci.plugins.structs.describable.DescribableModel

def plain
plain = { value ->
    if (value == null || value instanceof CharSequence || value instanceof Number || value instanceof Boolean) return value
    if (value instanceof Enum) return value.name()
    if (value instanceof Secret) return value.plainText ? '[secret]' : ''
    if (value instanceof Iterable) return value.collect { plain(it) }
    return new DescribableModel(value.class).parameters.collectEntries { [it.name, plain(value[it.name])] } + [kind: value.class.simpleName]
}

def jenkins = Jenkins.get()
println JsonOutput.toJson([
    clouds: jenkins.clouds.collect { [name: it.name, parameters: plain(it)] },
    credentials: SystemCredentialsProvider.instance.credentials.collect {
        [id: it.id, kind: it.class.simpleName, scope: it.scope.name(), description: it.description]
    },
    agents: jenkins.computers.findAll { it.class.simpleName == 'EC2Computer' }.collect {
        [name: it.name, busy: it.countBusy(), offline: it.isOffline()]
    },
    configuration: new File(jenkins.rootDir, 'config.xml').lastModified(),
])
null
