package standin.aws;

import hudson.model.Descriptor;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;

/** The descriptor of a cloud class, with its Test Connection. */
public class CloudDescriptor extends Descriptor<Object> {
    public CloudDescriptor(Class<?> type) {
        super(type);
    }

    @Override
    public String getDisplayName() {
        return "Amazon EC2";
    }

    /** As the form calls it in ec2 2.0.x to 1822. */
    public FormValidation doTestConnection(
            ItemGroup context,
            String region,
            boolean useInstanceProfileForCredentials,
            String credentialsId,
            String sshKeysCredentialsId,
            String roleArn,
            String roleSessionName) {
        return doTestConnection(
                context, region, null, useInstanceProfileForCredentials, credentialsId, sshKeysCredentialsId, roleArn,
                roleSessionName);
    }

    public FormValidation doTestConnection(
            ItemGroup context,
            String region,
            String altEC2Endpoint,
            boolean useInstanceProfileForCredentials,
            String credentialsId,
            String sshKeysCredentialsId,
            String roleArn,
            String roleSessionName) {
        return ConnectionTest.run(new CloudConnection(
                altEC2Endpoint, region, useInstanceProfileForCredentials, credentialsId, sshKeysCredentialsId, roleArn,
                roleSessionName));
    }
}
