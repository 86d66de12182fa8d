package hudson.model;

import jenkins.model.Jenkins;
import standin.host.ControllerOptions;

/** The concrete class behind Jenkins, by its old name. */
public class Hudson extends Jenkins {
    public Hudson(ControllerOptions options, hudson.PluginManager plugins) {
        super(options, plugins);
    }

    @Deprecated
    public static Hudson getInstance() {
        return (Hudson) Jenkins.get();
    }
}
