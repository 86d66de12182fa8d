package org.jenkinsci.plugins.structs.describable;

import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** The classes that {@code $class} may name without their package: the plugin's, and Jenkins' node properties. */
final class Subtypes {
    private static final List<String> CORE = List.of(
            "hudson.slaves.EnvironmentVariablesNodeProperty",
            "hudson.tools.ToolLocationNodeProperty",
            "com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl",
            "com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey",
            "com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey$DirectEntryPrivateKeySource");

    private Subtypes() {}

    static List<String> names() {
        List<String> names = new ArrayList<>(CORE);
        names.addAll(Jenkins.get().pluginManager.pluginClasses());
        return names;
    }
}
