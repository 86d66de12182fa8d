package hudson.util;

import hudson.Util;
import java.util.Collection;
import java.util.stream.Collectors;

/** What a validation button answers. */
public class FormValidation extends Exception {
    /** What is wrong, by weight. */
    public enum Kind {
        OK,
        WARNING,
        ERROR
    }

    public final Kind kind;
    private final String html;

    private FormValidation(Kind kind, String message, String html) {
        super(message);
        this.kind = kind;
        this.html = html;
    }

    public static FormValidation ok() {
        return new FormValidation(Kind.OK, null, "<div/>");
    }

    public static FormValidation ok(String message) {
        return of(Kind.OK, message);
    }

    public static FormValidation warning(String message) {
        return of(Kind.WARNING, message);
    }

    public static FormValidation error(String message) {
        return of(Kind.ERROR, message);
    }

    private static FormValidation of(Kind kind, String message) {
        String name = kind.name().toLowerCase(java.util.Locale.ROOT);
        return new FormValidation(kind, message, "<div class=\"" + name + "\">" + Util.escape(message) + "</div>");
    }

    /** Several answers in one, as heavy as the heaviest. */
    public static FormValidation aggregate(Collection<FormValidation> all) {
        if (all.size() == 1) {
            return all.iterator().next();
        }
        Kind worst = all.stream().map(one -> one.kind).max(Kind::compareTo).orElse(Kind.OK);
        return new FormValidation(
                worst,
                all.stream().map(FormValidation::getMessage).collect(Collectors.joining("\n")),
                all.stream()
                        .map(one -> "<li>" + one.html + "</li>")
                        .collect(Collectors.joining(
                                "", "<ul style='list-style-type: none; padding-left: 0; margin: 0'>", "</ul>")));
    }

    public String renderHtml() {
        return html;
    }

    @Override
    public String toString() {
        return kind + ": " + (getMessage() == null ? "" : getMessage());
    }
}
