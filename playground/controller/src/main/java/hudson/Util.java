package hudson;

/** The few of Jenkins' string functions that the stand-in and scripts use. */
public final class Util {
    private Util() {}

    public static String fixEmpty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    public static String fixEmptyAndTrim(String text) {
        return text == null ? null : fixEmpty(text.trim());
    }

    public static String fixNull(String text) {
        return text == null ? "" : text;
    }

    /** Escapes for HTML, as every message of a form validation is. */
    public static String escape(String text) {
        StringBuilder out = new StringBuilder();
        for (char character : fixNull(text).toCharArray()) {
            switch (character) {
                case '\n' -> out.append("<br>");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#039;");
                default -> out.append(character);
            }
        }
        return out.toString();
    }
}
