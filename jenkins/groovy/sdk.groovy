/* EC2 through the plugin's own connection, so that the right identity is asked. Needs objects. Only AWS SDK 2: ec2 1885 is the first release with it. */

boolean hasSdk2(Object ec2) { return ec2.class.name.startsWith('software.amazon.awssdk.') }

/** A builder of a model of the AWS SDK. */
Object builderOf(String name) { return type("software.amazon.awssdk.services.ec2.model.${name}".toString()).builder() }

Object filterOf(String name, List values) { return builderOf('Filter').name(name).values(values).build() }

/** AWS's code and words for a refusal; the code is empty where none of AWS's answers came. */
Map refusalOf(Exception failure) {
    Object details = failure.metaClass.respondsTo(failure, 'awsErrorDetails') ? failure.awsErrorDetails() : null
    return [code: text(details?.errorCode()), message: text(details?.errorMessage() ?: failure.message)]
}

String text(Object value) { return value == null ? '' : value.toString() }
