package standin.generation;

import hudson.model.Saveable;
import hudson.plugins.ec2.CloudNaming;
import hudson.slaves.NodeProperty;
import hudson.util.DescribableList;
import hudson.util.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How the plugin keeps a parameter where it does not keep it as it came: the field's name and type, and the way in and
 * back. As in the sources of ec2 2.0.7 to 2063 ({@code SlaveTemplate}, {@code EC2Cloud}, {@code WindowsData}).
 *
 * @param field name of the field, which is also its element in config.xml
 * @param type  contract name of the field's type
 * @param in    from the parameter to the field; what it throws, the constructor throws
 * @param out   from the field to what a getter of the parameter's name gives
 */
record Storage(String field, String type, Function<Object, Object> in, Function<Object, Object> out) {
    private static final Function<Object, Object> SAME = value -> value;

    private static final Map<String, Storage> SPECIAL = Map.of(
            "instanceCapStr", new Storage("instanceCap", "int", Storage::cap, Storage::unlimitedIsEmpty),
            "launchTimeoutStr", new Storage("launchTimeout", "int", Storage::timeout, Storage::unlimitedIsEmpty),
            "labelString", new Storage("labels", "String", SAME, SAME),
            "cloudName", new Storage(
                    "name", "String",
                    name -> CloudNaming.createCloudId((String) name),
                    name -> CloudNaming.withoutPrefix((String) name)),
            "password", new Storage("password", "Secret", value -> Secret.fromString((String) value), SAME),
            "privateKey", new Storage("privateKey", "EC2PrivateKey", Storage::noKey, SAME),
            "nodeProperties", new Storage("nodeProperties", "DescribableList", Storage::properties, SAME),
            "templates", new Storage("templates", "List", value -> value == null ? new ArrayList<>() : value, SAME),
            "hotSpareWeight", new Storage(
                    "hotSpareWeight", "Integer",
                    weight -> Math.max(0, (Integer) weight),
                    weight -> weight == null ? 1 : weight),
            "hotSpareConfigsByLabel", new Storage(
                    "hotSpareConfigsByLabel", "List", SAME, rules -> rules == null ? List.of() : rules));

    static Storage of(String parameter, String type) {
        Storage special = SPECIAL.get(parameter);
        return special != null ? special : new Storage(parameter, type, SAME, SAME);
    }

    private static Object cap(Object text) {
        return text == null || ((String) text).isEmpty() ? Integer.MAX_VALUE : (Object) Integer.parseInt((String) text);
    }

    private static Object timeout(Object text) {
        try {
            return Integer.parseInt((String) text);
        } catch (NumberFormatException none) {
            return Integer.MAX_VALUE;
        }
    }

    private static Object unlimitedIsEmpty(Object number) {
        return (Integer) number == Integer.MAX_VALUE ? "" : number.toString();
    }

    private static Object noKey(Object key) {
        if (key != null && !((String) key).isEmpty()) {
            throw new UnsupportedOperationException("The stand-in does not turn a privateKey into a credential: give"
                    + " sshKeysCredentialsId");
        }
        return null;
    }

    @SuppressWarnings("unchecked")
    private static Object properties(Object list) {
        return new DescribableList<NodeProperty<?>>(
                Saveable.NOOP, list == null ? List.of() : (Collection<NodeProperty<?>>) list);
    }
}
