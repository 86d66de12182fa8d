package hudson.util;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.XStreamException;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.converters.basic.AbstractSingleValueConverter;
import com.thoughtworks.xstream.converters.collections.CollectionConverter;
import com.thoughtworks.xstream.converters.reflection.ReflectionConverter;
import com.thoughtworks.xstream.core.util.QuickWriter;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import com.thoughtworks.xstream.io.xml.PrettyPrintWriter;
import com.thoughtworks.xstream.io.xml.StaxDriver;
import hudson.model.Saveable;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;

/** XStream as Jenkins sets it up: secrets encrypted, the owning plugin as an attribute, unknown elements skipped. */
public class XStream2 extends XStream {
    private static final Logger LOGGER = Logger.getLogger(XStream2.class.getName());

    /**
     * @param loader  sees the classes of all plugins
     * @param plugins gives "ec2@VERSION" for a class of a plugin, null for one of Jenkins' own
     */
    public XStream2(ClassLoader loader, Function<Class<?>, String> plugins) {
        super(new Xml11Driver());
        setClassLoader(loader);
        ignoreUnknownElements();
        setMode(XPATH_RELATIVE_REFERENCES);
        allowTypesByWildcard(new String[] {"hudson.**", "jenkins.**", "com.cloudbees.**", "com.amazonaws.**", "standin.**"});
        registerConverter(new SecretConverter(), PRIORITY_VERY_HIGH);
        registerConverter(new ListConverter(), PRIORITY_VERY_HIGH);
        registerConverter(new OwnedConverter(plugins), PRIORITY_VERY_LOW);
    }

    /** XML 1.1, indented: scripts may hold control characters. */
    private static final class Xml11Driver extends StaxDriver {
        @Override
        protected XMLInputFactory createInputFactory() {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            return factory;
        }

        @Override
        public HierarchicalStreamWriter createWriter(Writer out) {
            return new CodePointWriter(out);
        }
    }

    /**
     * Writes characters beyond U+FFFF, as Jenkins' own writer does (hudson.util.PrettyPrintWriter, since 2.404): that of XStream takes
     * their halves for errors.
     */
    private static final class CodePointWriter extends PrettyPrintWriter {
        CodePointWriter(Writer out) {
            super(out, XML_1_1);
        }

        @Override
        protected void writeText(QuickWriter out, String text) {
            int written = 0;
            for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
                int character = text.codePointAt(at);
                if (Character.isSupplementaryCodePoint(character)) {
                    super.writeText(out, text.substring(written, at));
                    out.write(
                            Character.isDefined(character)
                                    ? Character.toString(character)
                                    : "&#x" + Integer.toHexString(character) + ";");
                    written = at + 2;
                }
            }
            super.writeText(out, text.substring(written));
        }
    }

    private static final class SecretConverter extends AbstractSingleValueConverter {
        @Override
        public boolean canConvert(Class type) {
            return type == Secret.class;
        }

        @Override
        public String toString(Object secret) {
            return ((Secret) secret).getEncryptedValue();
        }

        @Override
        public Object fromString(String text) {
            return Secret.fromString(text);
        }
    }

    /** Lists, those of Jenkins too. An element that cannot be read, as its plugin is gone, is left out. */
    private final class ListConverter extends CollectionConverter {
        ListConverter() {
            super(XStream2.this.getMapper());
        }

        @Override
        public boolean canConvert(Class type) {
            return type == ArrayList.class || type != null && PersistedList.class.isAssignableFrom(type);
        }

        @Override
        public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
            Collection<Object> items = context.getRequiredType() == ArrayList.class
                    ? new ArrayList<>()
                    : new DescribableList<>(Saveable.NOOP);
            while (reader.hasMoreChildren()) {
                reader.moveDown();
                try {
                    items.add(readBareItem(reader, context, items));
                } catch (XStreamException unreadable) {
                    LOGGER.log(Level.WARNING, "Left out an element that cannot be read: {0}", unreadable.getMessage());
                }
                reader.moveUp();
            }
            return items;
        }
    }

    private final class OwnedConverter extends ReflectionConverter {
        private static final Pattern LINE = Pattern.compile("standin\\..*|hudson\\..*|jenkins\\..*|com\\.cloudbees\\..*");

        private final Function<Class<?>, String> plugins;

        OwnedConverter(Function<Class<?>, String> plugins) {
            super(XStream2.this.getMapper(), XStream2.this.getReflectionProvider());
            this.plugins = plugins;
        }

        @Override
        public boolean canConvert(Class type) {
            return type != null && !type.isEnum() && LINE.matcher(type.getName()).matches() && super.canConvert(type);
        }

        @Override
        public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
            String owner = plugins.apply(source.getClass());
            Object outer = context.get("plugin");
            if (owner != null && !owner.equals(outer)) {
                writer.addAttribute("plugin", owner);
            }
            context.put("plugin", owner);
            super.marshal(source, writer, context);
            context.put("plugin", outer);
        }
    }
}
