package standin.host;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;

/**
 * Class loader of one life of one controller: Jenkins' classes with their static state, and the generated classes of the
 * ec2 plugin. So one JVM holds many controllers, and a restart forgets everything that is not on disk. Libraries and
 * {@code standin.host} are shared.
 */
public final class ControllerLoader extends URLClassLoader {
    static {
        ClassLoader.registerAsParallelCapable();
    }

    private static final String SHARED = "standin.host.";

    private final Set<String> own = new HashSet<>();
    private final Map<String, byte[]> generated = new ConcurrentHashMap<>();

    public ControllerLoader(Path jar, ClassLoader libraries) throws IOException {
        super(new URL[] {jar.toUri().toURL()}, libraries);
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream()
                    .map(entry -> entry.getName())
                    .filter(entry -> entry.endsWith(".class"))
                    .map(entry -> entry.substring(0, entry.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> !name.startsWith(SHARED))
                    .forEach(own::add);
        }
    }

    /** Makes generated classes known, as a plugin that becomes active does. */
    public void add(Map<String, byte[]> classes) {
        generated.putAll(classes);
    }

    /** Names of the classes that were generated. */
    public Set<String> generatedNames() {
        return generated.keySet();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!own.contains(name) && !generated.containsKey(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] code = generated.get(name);
        return code == null ? super.findClass(name) : defineClass(name, code, 0, code.length);
    }
}
