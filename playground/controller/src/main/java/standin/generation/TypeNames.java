package standin.generation;

import java.util.HashMap;
import java.util.Map;

/** Turns the Java types that a contract writes ("List&lt;? extends SlaveTemplate&gt;") into descriptors and signatures. */
final class TypeNames {
    private static final Map<String, String> PRIMITIVES = Map.of("boolean", "Z", "int", "I", "long", "J");

    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("String", "java/lang/String"),
            Map.entry("Boolean", "java/lang/Boolean"),
            Map.entry("Integer", "java/lang/Integer"),
            Map.entry("List", "java/util/List"),
            Map.entry("Set", "java/util/Set"),
            Map.entry("Node.Mode", "hudson/model/Node$Mode"),
            Map.entry("NodeProperty", "hudson/slaves/NodeProperty"),
            Map.entry("Secret", "hudson/util/Secret"),
            Map.entry("Cloud", "hudson/slaves/Cloud"),
            Map.entry("AMITypeData", "hudson/plugins/ec2/AMITypeData"),
            Map.entry("SSHData", "hudson/plugins/ec2/SSHData"),
            Map.entry("EC2PrivateKey", "hudson/plugins/ec2/EC2PrivateKey"),
            Map.entry("DescribableList", "hudson/util/DescribableList"),
            Map.entry("AbstractDescribableImpl", "hudson/model/AbstractDescribableImpl"),
            Map.entry("InstanceType", SdkInstanceTypes.NAME.replace('.', '/')));

    private final Map<String, String> names = new HashMap<>(KNOWN);

    TypeNames(Contract contract) {
        contract.classes().keySet().forEach(this::add);
        contract.enums().keySet().forEach(this::add);
    }

    private void add(String className) {
        names.put(className.substring(className.lastIndexOf('.') + 1), className.replace('.', '/'));
    }

    /** The internal name of a class; java/lang/Object for one that the stand-in does not have. */
    String internalName(String type) {
        int bracket = type.indexOf('<');
        return names.getOrDefault(bracket < 0 ? type : type.substring(0, bracket), "java/lang/Object");
    }

    boolean isPrimitive(String type) {
        return PRIMITIVES.containsKey(type);
    }

    String descriptor(String type) {
        String primitive = PRIMITIVES.get(type);
        return primitive != null ? primitive : "L" + internalName(type) + ";";
    }

    /** The generic signature of a parameter: DescribableModel needs the element type of a list. */
    String signature(String type) {
        int bracket = type.indexOf('<');
        if (bracket < 0) {
            return descriptor(type);
        }
        String element = type.substring(bracket + 1, type.lastIndexOf('>')).trim();
        String wildcard = "";
        if (element.startsWith("? extends ")) {
            wildcard = "+";
            element = element.substring("? extends ".length());
        }
        String elementSignature =
                element.endsWith("<?>") ? "L" + internalName(element) + "<*>;" : wildcard + signature(element);
        return "L" + internalName(type) + "<" + (element.endsWith("<?>") ? wildcard : "") + elementSignature + ">;";
    }
}
