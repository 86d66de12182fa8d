package hudson.tools;

import hudson.model.AbstractDescribableImpl;
import hudson.slaves.NodeProperty;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;

/** Where tools are on an agent. */
public class ToolLocationNodeProperty extends NodeProperty<Object> {
    private final List<ToolLocation> locations;

    @DataBoundConstructor
    public ToolLocationNodeProperty(List<ToolLocation> locations) {
        this.locations = locations;
    }

    public List<ToolLocation> getLocations() {
        return locations;
    }

    /** One tool; the key is {@code TYPE@NAME}, for example {@code hudson.model.JDK$DescriptorImpl@jdk-21}. */
    public static class ToolLocation extends AbstractDescribableImpl<ToolLocation> {
        private final String type;
        private final String name;
        private final String home;

        @DataBoundConstructor
        public ToolLocation(String key, String home) {
            this.type = key.substring(0, key.indexOf('@'));
            this.name = key.substring(key.indexOf('@') + 1);
            this.home = home;
        }

        public String getType() {
            return type;
        }

        public String getName() {
            return name;
        }

        public String getHome() {
            return home;
        }

        public String getKey() {
            return type + "@" + name;
        }
    }
}
