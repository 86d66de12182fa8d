package standin;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The attributes of {@code Jenkins.servletContext}: kept in memory until a restart. The rest of the servlet API is missing,
 * whose package changed from javax to jakarta with Jenkins 2.475 anyway.
 */
public final class ServletContext {
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();

    public Object getAttribute(String name) {
        return attributes.get(name);
    }

    public void setAttribute(String name, Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }
}
