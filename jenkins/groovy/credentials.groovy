/* The controller's system credentials store, global domain. Needs objects. */

boolean hasCredentials() { return exists('com.cloudbees.plugins.credentials.SystemCredentialsProvider') }

Object provider() { return type('com.cloudbees.plugins.credentials.SystemCredentialsProvider').getInstance() }

Object globalDomain() { return type('com.cloudbees.plugins.credentials.domains.Domain').global() }

/** The live credential of that id or null. The credentials plugin compares by id alone. */
Object liveCredential(String id) {
    return provider().credentials.find { it.metaClass.hasProperty(it, 'id') && it.id == id }
}

/** A new credential object, scope SYSTEM: enough for the plugin, and hidden from jobs. */
Object newCredential(Map wanted) {
    Object scope = type('com.cloudbees.plugins.credentials.CredentialsScope').SYSTEM
    if (wanted.kind == 'aws') {
        return type('com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl')
            .newInstance(scope, wanted.id, wanted.accessKey, wanted.secretKey, wanted.description)
    }
    String ssh = 'com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey'
    Object source = type(ssh + '$DirectEntryPrivateKeySource').newInstance(wanted.privateKey ?: '')
    return type(ssh).newInstance(scope, wanted.id, wanted.kind == 'mark' ? wanted.cloud : wanted.username, source, '', wanted.description)
}

/**
 * Whether a credential is the mark of a live cloud whose credentials are all somebody else's: an entry without a key, with the
 * cloud's name as the user and the mark itself as description. A class of its own would have to come with a plugin. The oldest
 * generation of the plugin called the cloud "ec2-…", and left it so.
 */
boolean marks(Object credential, Object cloud) {
    return isA(credential, 'com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey') &&
        [credential.username, "ec2-${credential.username}".toString()].any { it in namesOf(cloud) } && !credential.privateKeys
}

/** What of a credential is compared, as plain data. Keys without surrounding space: the store adds a line end. */
Map plainCredential(Object credential) {
    if (credential == null) {
        return [:]
    }
    Map common = [scope: plain(credential.scope), description: plain(credential.description)]
    if (isA(credential, 'com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl')) {
        return [kind: 'aws', accessKey: plain(credential.accessKey), secretKey: plain(credential.secretKey)] + common
    }
    if (isA(credential, 'com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey')) {
        List keys = credential.privateKeys.findAll { it }.collect { secretMark() + it.toString().trim() }
        return [kind: 'ssh', username: plain(credential.username), privateKey: keys ? keys.first() : ''] + common
    }
    return [kind: credential.class.simpleName] + common
}

Map plainWanted(Map wanted) {
    Map common = [scope: 'SYSTEM', description: wanted.description]
    if (wanted.kind == 'mark') {
        return [kind: 'ssh', username: wanted.cloud, privateKey: ''] + common
    }
    return wanted.kind == 'aws'
        ? [kind: 'aws', accessKey: wanted.accessKey, secretKey: secretMark() + wanted.secretKey] + common
        : [kind: 'ssh', username: wanted.username, privateKey: secretMark() + wanted.privateKey.trim()] + common
}

/** Adds or updates by id. addCredentials on an id that exists changes nothing and shows it only by its result. */
void putCredential(Object credential) {
    Object store = provider().store
    Object current = liveCredential(credential.id)
    boolean done = current == null
        ? store.addCredentials(globalDomain(), credential)
        : store.updateCredentials(globalDomain(), current, credential)
    if (!done) {
        throw new IllegalStateException("the credentials store did not take \"${credential.id}\"")
    }
}

void dropCredential(String id) {
    Object current = liveCredential(id)
    if (current != null) {
        provider().store.removeCredentials(globalDomain(), current)
    }
}

/** The credential that the plugin finds under an id where it wants this type, also one of another store; else null. */
Object credentialOf(String wanted, String id) {
    Class lookup = type('com.cloudbees.plugins.credentials.CredentialsProvider')
    Object system = type('hudson.security.ACL').SYSTEM
    return lookup.lookupCredentials(type(wanted), jenkins.model.Jenkins.get(), system, []).find { it.id == id }
}

/** Follows the description of credentials that are only there to be tested. */
String stagedSuffix() { return ' (being tested)' }

/** Ids under which pushes of this cloud have tested credentials before they used them. */
List stagedOf(Map cloud) {
    return provider().credentials.findAll { it.metaClass.hasProperty(it, 'id') }*.id.findAll { String id ->
        cloud.credentials.any { wanted -> id ==~ (java.util.regex.Pattern.quote(wanted.id) + /-staged-\d+-[0-9a-f]+/) }
    }
}
