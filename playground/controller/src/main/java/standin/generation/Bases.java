package standin.generation;

import hudson.plugins.ec2.AMITypeData;
import hudson.plugins.ec2.SSHData;
import hudson.plugins.ec2.StandInCloud;
import hudson.plugins.ec2.StandInTemplate;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** Which hand-written class stands behind a generated one, with what a contract does not list. */
final class Bases {
    private static final Map<String, Class<?>> BASES = Map.of(
            "hudson.plugins.ec2.EC2Cloud", StandInCloud.class,
            "hudson.plugins.ec2.SlaveTemplate", StandInTemplate.class);

    /** Superclasses in the plugin that contracts name without listing them. */
    private static final Map<String, Class<?>> NAMED = Map.of(
            "hudson/plugins/ec2/AMITypeData", AMITypeData.class,
            "hudson/plugins/ec2/SSHData", SSHData.class,
            "hudson/plugins/ec2/EC2Cloud", StandInCloud.class);

    /** Of the plugin's classes only these compare by value. */
    private static final Set<String> WITH_EQUALS =
            Set.of("UnixData", "MacData", "WindowsData", "WindowsSSHData", "SpotConfiguration", "EC2Tag", "EC2Filter");

    private Bases() {}

    static Class<?> of(String className) {
        return BASES.get(className);
    }

    static boolean haveEquals(String className) {
        return WITH_EQUALS.contains(className.substring(className.lastIndexOf('.') + 1));
    }

    /** Whether a hand-written superclass has the method already. */
    static boolean has(Class<?> behaviour, String superType, String method) {
        Class<?> base = behaviour != null ? behaviour : NAMED.get(superType);
        return base != null
                && Arrays.stream(base.getMethods())
                        .anyMatch(known -> known.getName().equals(method) && known.getParameterCount() == 0);
    }
}
