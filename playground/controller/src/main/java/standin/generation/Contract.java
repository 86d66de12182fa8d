package standin.generation;

import groovy.json.JsonSlurper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One generation of the ec2 plugin as its contract file describes it: data-bound constructors, setters, getters, enums.
 *
 * @param version of the plugin
 * @param jenkins version of Jenkins that the generation was read with
 */
public record Contract(String version, String jenkins, Map<String, Type> classes, Map<String, List<String>> enums) {

    /** @param constructor null where the class has no data-bound constructor */
    public record Type(
            String name,
            boolean isAbstract,
            String superType,
            List<Parameter> constructor,
            List<Parameter> setters,
            List<Getter> getters) {}

    public record Parameter(String name, String type) {}

    public record Getter(String name, String type) {
        /** The property that the getter reads: {@code instanceCap} for {@code getInstanceCap}. */
        public String property() {
            String rest = name.substring(name.startsWith("is") ? 2 : 3);
            return rest.length() > 1 && Character.isUpperCase(rest.charAt(1))
                    ? rest
                    : Character.toLowerCase(rest.charAt(0)) + rest.substring(1);
        }
    }

    /** Every contract in a folder, by version of the plugin. */
    public static Map<String, Contract> all(Path folder) throws IOException {
        Map<String, Contract> contracts = new TreeMap<>();
        try (var files = Files.newDirectoryStream(folder, "ec2-*.json")) {
            for (Path file : files) {
                Contract contract = read(file);
                contracts.put(contract.version(), contract);
            }
        }
        return contracts;
    }

    @SuppressWarnings("unchecked")
    private static Contract read(Path file) {
        Map<String, Object> json = (Map<String, Object>) new JsonSlurper().parse(file.toFile());
        Map<String, Type> classes = new LinkedHashMap<>();
        ((Map<String, Map<String, Object>>) json.get("classes")).forEach((name, entry) -> classes.put(name, type(name, entry)));
        return new Contract(
                (String) json.get("version"),
                (String) json.get("jenkins"),
                classes,
                (Map<String, List<String>>) json.get("enums"));
    }

    @SuppressWarnings("unchecked")
    private static Type type(String name, Map<String, Object> entry) {
        return new Type(
                name,
                (Boolean) entry.get("abstract"),
                (String) entry.get("extends"),
                parameters((List<Map<String, String>>) entry.get("constructor")),
                parameters((List<Map<String, String>>) entry.get("setters")),
                ((List<String>) entry.get("getters")).stream().map(Contract::getter).toList());
    }

    private static List<Parameter> parameters(List<Map<String, String>> entries) {
        return entries == null
                ? null
                : entries.stream().map(entry -> new Parameter(entry.get("name"), entry.get("type"))).toList();
    }

    /** Reads {@code getName():String}. */
    private static Getter getter(String text) {
        int bracket = text.indexOf("():");
        return new Getter(text.substring(0, bracket), text.substring(bracket + 3));
    }
}
