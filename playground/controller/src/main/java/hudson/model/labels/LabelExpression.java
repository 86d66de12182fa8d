package hudson.model.labels;

import hudson.model.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An expression of labels. Of Jenkins' operators the stand-in has {@code !}, {@code &&}, {@code ||} and brackets. */
public final class LabelExpression extends Label {
    private static final Pattern TOKEN = Pattern.compile("\\s*(&&|\\|\\||[!()]|[^\\s!()&|]+)");

    private final Rule rule;

    private LabelExpression(String text, Rule rule) {
        super(text);
        this.rule = rule;
    }

    /** Whether agents with some labels fit. */
    private interface Rule {
        boolean fits(Predicate<String> has);
    }

    @Override
    public boolean matches(Predicate<String> has) {
        return rule.fits(has);
    }

    public static Label parse(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group(1));
        }
        return tokens.size() == 1
                ? new LabelAtom(tokens.get(0))
                : new LabelExpression(text, new Reader(tokens).either());
    }

    private static final class Reader {
        private final List<String> tokens;
        private int at;

        Reader(List<String> tokens) {
            this.tokens = tokens;
        }

        Rule either() {
            Rule left = both();
            while (take("||")) {
                Rule one = left;
                Rule other = both();
                left = has -> one.fits(has) || other.fits(has);
            }
            return left;
        }

        private Rule both() {
            Rule left = single();
            while (take("&&")) {
                Rule one = left;
                Rule other = single();
                left = has -> one.fits(has) && other.fits(has);
            }
            return left;
        }

        private Rule single() {
            if (take("!")) {
                Rule not = single();
                return has -> !not.fits(has);
            }
            if (take("(")) {
                Rule inner = either();
                take(")");
                return inner;
            }
            String name = tokens.get(at++);
            return has -> has.test(name);
        }

        private boolean take(String token) {
            boolean found = at < tokens.size() && tokens.get(at).equals(token);
            at += found ? 1 : 0;
            return found;
        }
    }
}
