// Takes away what a test has left: all clouds but the neighbours, all credentials but the administrator's.
import com.cloudbees.plugins.credentials.SystemCredentialsProvider
import com.cloudbees.plugins.credentials.domains.Domain
import jenkins.model.Jenkins

def names = ['first', 'last']
def nameOf = { it.hasProperty('cloudName') ? it.cloudName : it.name }
Jenkins.get().clouds.replaceBy(names.collect { name -> Jenkins.get().clouds.find { nameOf(it) == name } }.findAll { it })
def store = SystemCredentialsProvider.instance.store
SystemCredentialsProvider.instance.credentials.findAll { it.id != 'administrators' }.each { store.removeCredentials(Domain.global(), it) }
println 'done'
null
