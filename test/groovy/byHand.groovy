// Credentials that somebody else made, of both kinds: a push may name them and has to leave them as they are.
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl
import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey
import com.cloudbees.plugins.credentials.CredentialsScope
import com.cloudbees.plugins.credentials.SystemCredentialsProvider
import com.cloudbees.plugins.credentials.domains.Domain

def store = SystemCredentialsProvider.instance.store
store.addCredentials(Domain.global(), new AWSCredentialsImpl(CredentialsScope.GLOBAL, 'team-key', 'AKIABYHAND', 'by-hand-secret', 'Made by hand'))
store.addCredentials(Domain.global(), new BasicSSHUserPrivateKey(CredentialsScope.GLOBAL, 'team-ssh', 'ubuntu',
    new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource('the private key of the team'), '', 'Made by hand'))
null
