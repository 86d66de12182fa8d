package standin.agents;

import hudson.model.Computer;
import hudson.model.labels.LabelAtom;
import hudson.plugins.ec2.EC2Computer;
import hudson.plugins.ec2.StandInCloud;
import hudson.plugins.ec2.StandInTemplate;
import hudson.slaves.Cloud;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;
import standin.generation.GeneratedObject;

/**
 * Minimum and spare instances ({@code MinimumInstanceChecker}). The plugin checks at startup, when config.xml is saved,
 * every ten minutes, and from 2012 when an agent is used up. Agents of this Jenkins count, in any state.
 */
final class MinimumInstances {
    private MinimumInstances() {}

    static void check() {
        for (Cloud cloud : Jenkins.get().clouds.toList()) {
            if (cloud instanceof StandInCloud ec2) {
                ec2.getTemplates().stream().filter(MinimumInstances::isActive).forEach(template -> launch(ec2, template));
            }
        }
    }

    private static void launch(StandInCloud cloud, StandInTemplate template) {
        List<EC2Computer> agents = agentsOf(template);
        int missing = Math.max(number(template, "minimumNumberOfInstances") - agents.size(), 0);
        int spares = number(template, "minimumNumberOfSpareInstances");
        int missingSpares = 0;
        if (spares > 0 || !Behaviour.WAITING_BUILDS_NEED_SPARES.applies()) {
            long idle = agents.stream()
                    .filter(agent -> agent.isIdle() && (agent.isOnline() || agent.isConnecting()))
                    .count();
            missingSpares = (int) Math.max(spares + waitingFor(template) - idle - missing, 0);
        }
        if (missing + missingSpares > 0) {
            Provisioning.orNone(cloud, template, missing + missingSpares);
        }
    }

    /** Whether its template has no more agents than the minimum: such an agent does not end, be it dead or stopped. */
    static boolean protect(EC2Computer agent) {
        StandInTemplate template = agent.getSlaveTemplate();
        return template != null
                && agentsOf(template).size() <= number(template, "minimumNumberOfInstances")
                && isActive(template);
    }

    private static List<EC2Computer> agentsOf(StandInTemplate template) {
        return Arrays.stream((Computer[]) Jenkins.get().getComputers())
                .filter(EC2Computer.class::isInstance)
                .map(EC2Computer.class::cast)
                .filter(agent -> {
                    StandInTemplate own = agent.getSlaveTemplate();
                    return own != null && own.description().equals(template.description());
                })
                .toList();
    }

    private static long waitingFor(StandInTemplate template) {
        return Arrays.stream(Jenkins.get().getQueue().getItems())
                .filter(build -> build.label != null && template.getLabelSet().contains(new LabelAtom(build.label)))
                .count();
    }

    private static int number(StandInTemplate template, String parameter) {
        Integer number = GeneratedObject.find(template, parameter);
        return number == null ? 0 : number;
    }

    /** In the time range, in the controller's time zone; past midnight the day before counts. */
    private static boolean isActive(StandInTemplate template) {
        Object range = GeneratedObject.find(template, "minimumNumberOfInstancesTimeRangeConfig");
        if (range == null) {
            return true;
        }
        LocalTime from = time(GeneratedObject.find(range, "minimumNoInstancesActiveTimeRangeFrom"));
        LocalTime to = time(GeneratedObject.find(range, "minimumNoInstancesActiveTimeRangeTo"));
        LocalDateTime now = LocalDateTime.now();
        boolean afterFrom = now.toLocalTime().isAfter(from);
        boolean beforeTo = now.toLocalTime().isBefore(to);
        if (!to.isBefore(from)) {
            return afterFrom && beforeTo && isDay(range, now);
        }
        return afterFrom ? isDay(range, now) : beforeTo && isDay(range, now.minusDays(1));
    }

    private static boolean isDay(Object range, LocalDateTime time) {
        return Boolean.TRUE.equals(GeneratedObject.find(range, time.getDayOfWeek().name().toLowerCase(Locale.ROOT)));
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text, DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH));
        } catch (DateTimeParseException other) {
            return LocalTime.parse(text, DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH));
        }
    }
}
