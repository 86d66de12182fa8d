package hudson.plugins.ec2;

import hudson.model.AbstractDescribableImpl;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import standin.generation.GeneratedObject;

/** Behind {@code MinimumNumberOfInstancesTimeRangeConfig}: its times, "8:30 AM" or "08:30". */
public abstract class StandInTimeRange extends AbstractDescribableImpl<StandInTimeRange> {
    public LocalTime getMinimumNoInstancesActiveTimeRangeFromAsTime() {
        return time("minimumNoInstancesActiveTimeRangeFrom");
    }

    public LocalTime getMinimumNoInstancesActiveTimeRangeToAsTime() {
        return time("minimumNoInstancesActiveTimeRangeTo");
    }

    private LocalTime time(String parameter) {
        String text = GeneratedObject.find(this, parameter);
        try {
            return LocalTime.parse(text, DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH));
        } catch (DateTimeParseException otherForm) {
            return LocalTime.parse(text, DateTimeFormatter.ofPattern("HH:mm"));
        }
    }
}
