package hudson.slaves;

import hudson.model.AbstractDescribableImpl;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.DataBoundConstructor;

/** Environment variables of an agent. No equals, as in Jenkins. */
public class EnvironmentVariablesNodeProperty extends NodeProperty<Object> {
    private final List<Entry> env;

    @DataBoundConstructor
    public EnvironmentVariablesNodeProperty(List<Entry> env) {
        this.env = env;
    }

    public List<Entry> getEnv() {
        return env;
    }

    public Map<String, String> getEnvVars() {
        Map<String, String> variables = new TreeMap<>();
        env.forEach(entry -> variables.put(entry.key, entry.value));
        return variables;
    }

    /** One variable. */
    public static class Entry extends AbstractDescribableImpl<Entry> {
        public String key;
        public String value;

        @DataBoundConstructor
        public Entry(String key, String value) {
            this.key = key;
            this.value = value;
        }
    }
}
