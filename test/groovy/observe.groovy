// What the controller holds, as JSON, read by means of its own: not with the push's scripts, which it checks.
import com.cloudbees.plugins.credentials.SystemCredentialsProvider
import groovy.json.JsonOutput
import hudson.util.Secret
import jenkins.model.Jenkins
import org.jenkinsci.plugins.structs.describable.DescribableModel

def plain
plain = { value ->
    if (value == null || value instanceof CharSequence || value instanceof Number || value instanceof Boolean) return value?.toString()
    if (value instanceof Enum) return value.name()
    if (value instanceof Secret) return value.plainText
    if (value instanceof Iterable) return value.collect { plain(it) }
    return new DescribableModel(value.class).parameters.collectEntries { [it.name, plain(value[it.name])] } + ['$class': value.class.simpleName]
}

println JsonOutput.toJson([
    clouds: Jenkins.get().clouds.collect { plain(it) + [jenkinsName: it.name] },
    credentials: SystemCredentialsProvider.instance.credentials.collectEntries {
        [it.id, [kind: it.class.simpleName, scope: it.scope.name(), description: it.description, secret: it.hasProperty('secretKey') ? it.secretKey.plainText : it.privateKey]]
    },
    saved: new File(Jenkins.get().rootDir, 'config.xml').with { it.exists() ? it.lastModified() : 0 },
])
null
