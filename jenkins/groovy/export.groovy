/* The controller's EC2 clouds as data, by the plugin's own parameter names; secrets masked. Needs compare. */

Map perform(Map request) {
    List found = clouds().findAll { isEc2(it) && (!request.name || request.name in namesOf(it)) }
    return [clouds: found.collect { cloud ->
        Map data = plainObject(cloud)
        List ids = [cloud.credentialsId, cloud.sshKeysCredentialsId].findAll { it }.unique()
        [
            name: namesOf(cloud).first(),
            parameters: shown(data.findAll { !(it.key in ['$class', 'name', 'cloudName', 'templates']) }),
            templates: (cloud.templates ?: []).collect { shown(plainObject(it).findAll { it.key != '$class' }) },
            credentials: ids.collect { id -> [id: id] + shown(plainCredential(liveCredential(id))) },
            stack: stackOfCloud(cloud),
        ]
    }]
}

/** The Pulumi stack that the cloud belongs to, by the mark of its credentials; empty where it has none. */
String stackOfCloud(Object cloud) {
    String mark = credentialsOf(cloud)*.description.find { it?.startsWith('Managed by Pulumi stack ') }
    return stackOf(mark).replaceFirst('Managed by Pulumi stack ', '')
}
