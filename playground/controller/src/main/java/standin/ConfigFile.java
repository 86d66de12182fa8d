package standin;

import com.thoughtworks.xstream.XStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** One XML file in the controller's home, replaced as a whole. */
public final class ConfigFile {
    private static final String HEADER = "<?xml version='1.1' encoding='UTF-8'?>\n";

    private final Path path;
    private final XStream xstream;
    private final SaveFault fault = new SaveFault();

    public ConfigFile(Path path, XStream xstream) {
        this.path = path;
        this.xstream = xstream;
    }

    /** What the file holds, or null where there is none. */
    public Object read() throws IOException {
        if (!Files.exists(path)) {
            return null;
        }
        return xstream.fromXML(Files.readString(path, StandardCharsets.UTF_8));
    }

    public void write(Object content) throws IOException {
        Files.createDirectories(path.getParent());
        Path temporary = path.resolveSibling(path.getFileName() + ".new");
        String text = HEADER + xstream.toXML(content) + "\n";
        fault.strike(temporary, text);
        Files.writeString(temporary, text, StandardCharsets.UTF_8);
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Stand-in only: what goes wrong with the next writes. */
    public SaveFault fault() {
        return fault;
    }
}
