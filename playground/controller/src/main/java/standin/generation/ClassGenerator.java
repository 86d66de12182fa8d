package standin.generation;

import static org.objectweb.asm.Opcodes.ACC_ABSTRACT;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.V17;

import hudson.model.AbstractDescribableImpl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Makes the classes of one generation of the ec2 plugin from its contract: for each class its fields, the data-bound
 * constructor with the parameters' names and generic types, setters and getters. Behaviour that no contract lists (which
 * template has a label, provisioning, …) is in the hand-written superclasses that {@link Bases} names.
 */
public final class ClassGenerator {
    private static final Type SUPPORT = Type.getType(GeneratedObject.class);
    private static final Type OBJECT = Type.getType(Object.class);
    private static final Type STRING = Type.getType(String.class);

    private final Contract contract;
    private final TypeNames types;

    private ClassGenerator(Contract contract) {
        this.contract = contract;
        this.types = new TypeNames(contract);
    }

    /** Class files by class name. */
    public static Map<String, byte[]> generate(Contract contract) {
        ClassGenerator generator = new ClassGenerator(contract);
        Map<String, byte[]> classes = new LinkedHashMap<>();
        contract.enums().forEach((name, constants) -> classes.put(name, EnumGenerator.generate(name, texts(name, constants))));
        contract.classes().values().forEach(type -> classes.put(type.name(), generator.generate(type)));
        contract.classes().keySet().stream()
                .filter(name -> name.endsWith("EC2Cloud"))
                .forEach(name -> classes.put(name + "$DescriptorImpl", DescriptorGenerator.generate(name)));
        if (generator.usesSdkInstanceTypes()) {
            classes.put(SdkInstanceTypes.NAME, EnumGenerator.generate(SdkInstanceTypes.NAME, SdkInstanceTypes.constants()));
        }
        return classes;
    }

    /** Constants print as their names, but those of Tenancy as EC2 writes them ("default"). */
    private static Map<String, String> texts(String name, List<String> constants) {
        Map<String, String> texts = new LinkedHashMap<>();
        constants.forEach(
                constant -> texts.put(constant, name.endsWith(".Tenancy") ? constant.toLowerCase(Locale.ROOT) : constant));
        return texts;
    }

    private boolean usesSdkInstanceTypes() {
        return contract.classes().values().stream()
                .filter(type -> type.constructor() != null)
                .flatMap(type -> type.constructor().stream())
                .anyMatch(parameter -> parameter.type().equals("InstanceType"));
    }

    private byte[] generate(Contract.Type type) {
        // Frames need common superclasses only where branches meet, and generated code has no branches.
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES | ClassWriter.COMPUTE_MAXS);
        int access = ACC_PUBLIC | ACC_SUPER | (type.isAbstract() ? ACC_ABSTRACT : 0);
        Type self = Type.getObjectType(type.name().replace('.', '/'));
        Type base = Type.getObjectType(base(type));
        writer.visit(V17, access, self.getInternalName(), null, base.getInternalName(), null);
        fields(writer, type);
        constructor(writer, type, base);
        setters(writer, type);
        getters(writer, type);
        if (Bases.haveEquals(type.name())) {
            equality(writer);
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private String base(Contract.Type type) {
        Class<?> behaviour = Bases.of(type.name());
        if (behaviour == null && type.superType() == null) {
            return Type.getInternalName(AbstractDescribableImpl.class);
        }
        return behaviour != null ? Type.getInternalName(behaviour) : types.internalName(type.superType());
    }

    private void fields(ClassWriter writer, Contract.Type type) {
        Set<String> inherited = inheritedFields(type);
        Set<String> readable = new HashSet<>();
        type.getters().forEach(getter -> readable.add(getter.property()));
        for (Contract.Parameter parameter : parameters(type)) {
            Storage storage = Storage.of(parameter.name(), parameter.type());
            if (inherited.add(storage.field())) {
                // The plugin's fields without a getter are public, and read as properties by scripts.
                int access = readable.contains(parameter.name()) ? ACC_PRIVATE : ACC_PUBLIC;
                writer.visitField(access, storage.field(), types.descriptor(storage.type()), null, null).visitEnd();
            }
        }
    }

    private List<Contract.Parameter> parameters(Contract.Type type) {
        List<Contract.Parameter> parameters = new ArrayList<>();
        if (type.constructor() != null) {
            parameters.addAll(type.constructor());
        }
        parameters.addAll(type.setters());
        return parameters;
    }

    /** Fields that a superclass, generated or not, has already. */
    private Set<String> inheritedFields(Contract.Type type) {
        Set<String> names = new HashSet<>();
        Contract.Type parent = parent(type);
        if (parent != null) {
            parameters(parent).forEach(parameter -> names.add(Storage.of(parameter.name(), null).field()));
            names.addAll(inheritedFields(parent));
        }
        Class<?> behaviour = Bases.of(type.name());
        for (Class<?> level = behaviour; level != null; level = level.getSuperclass()) {
            for (var field : level.getDeclaredFields()) {
                names.add(field.getName());
            }
        }
        return names;
    }

    /** The generated superclass, or null. */
    private Contract.Type parent(Contract.Type type) {
        return type.superType() == null
                ? null
                : contract.classes().get(types.internalName(type.superType()).replace('/', '.'));
    }

    private void constructor(ClassWriter writer, Contract.Type type, Type base) {
        List<Contract.Parameter> parameters = type.constructor() == null ? List.of() : type.constructor();
        StringBuilder signature = new StringBuilder("(");
        StringBuilder descriptor = new StringBuilder("(");
        for (Contract.Parameter parameter : parameters) {
            signature.append(types.signature(parameter.type()));
            descriptor.append(types.descriptor(parameter.type()));
        }
        GeneratorAdapter code =
                method(writer, ACC_PUBLIC, new Method("<init>", descriptor.append(")V").toString()), signature.append(")V"));
        parameters.forEach(parameter -> code.visitParameter(parameter.name(), 0));
        if (type.constructor() != null) {
            code.visitAnnotation("Lorg/kohsuke/stapler/DataBoundConstructor;", true).visitEnd();
        }
        code.visitCode();
        code.loadThis();
        Contract.Type parent = parent(type);
        if (parent == null || parent.constructor() == null) {
            code.invokeConstructor(base, new Method("<init>", "()V"));
        } else {
            inheritedConstructor(code, parameters, parent, base);
        }
        for (int i = 0; i < parameters.size(); i++) {
            store(code, parameters.get(i), i);
        }
        code.loadThis();
        code.invokeStatic(SUPPORT, new Method("constructed", "(Ljava/lang/Object;)V"));
        code.returnValue();
        code.endMethod();
    }

    /** Calls the superclass with the parameters of the same names, and with nothing for the others. */
    private void inheritedConstructor(
            GeneratorAdapter code, List<Contract.Parameter> parameters, Contract.Type parent, Type base) {
        StringBuilder descriptor = new StringBuilder("(");
        for (Contract.Parameter wanted : parent.constructor()) {
            descriptor.append(types.descriptor(wanted.type()));
            int given = parameters.indexOf(wanted);
            if (given >= 0) {
                code.loadArg(given);
            } else if (types.isPrimitive(wanted.type())) {
                code.push(false);
            } else {
                code.visitInsn(Opcodes.ACONST_NULL);
            }
        }
        code.invokeConstructor(base, new Method("<init>", descriptor.append(")V").toString()));
    }

    private void setters(ClassWriter writer, Contract.Type type) {
        for (Contract.Parameter parameter : type.setters()) {
            String name = "set" + Character.toUpperCase(parameter.name().charAt(0)) + parameter.name().substring(1);
            GeneratorAdapter code = method(
                    writer, ACC_PUBLIC, new Method(name, "(" + types.descriptor(parameter.type()) + ")V"),
                    "(" + types.signature(parameter.type()) + ")V");
            code.visitAnnotation("Lorg/kohsuke/stapler/DataBoundSetter;", true).visitEnd();
            code.visitCode();
            store(code, parameter, 0);
            code.returnValue();
            code.endMethod();
        }
    }

    private void store(GeneratorAdapter code, Contract.Parameter parameter, int argument) {
        code.loadThis();
        code.push(parameter.name());
        code.loadArg(argument);
        code.box(Type.getType(types.descriptor(parameter.type())));
        code.invokeStatic(SUPPORT, new Method("set", Type.VOID_TYPE, new Type[] {OBJECT, STRING, OBJECT}));
    }

    private void getters(ClassWriter writer, Contract.Type type) {
        Class<?> behaviour = Bases.of(type.name());
        Map<String, Contract.Getter> wanted = new HashMap<>();
        type.getters().stream()
                .filter(getter -> !getter.type().startsWith("static ") && !getter.type().startsWith("abstract "))
                .filter(getter -> !Bases.has(behaviour, types.internalName(String.valueOf(type.superType())), getter.name()))
                .forEach(getter -> wanted.put(getter.name(), getter));
        wanted.values().forEach(getter -> getter(writer, getter));
    }

    private void getter(ClassWriter writer, Contract.Getter getter) {
        Type result = Type.getType(types.descriptor(getter.type()));
        GeneratorAdapter code = method(writer, ACC_PUBLIC, new Method(getter.name(), result, new Type[0]), null);
        code.visitCode();
        code.loadThis();
        code.push(getter.property());
        if (result.equals(Type.INT_TYPE)) {
            code.invokeStatic(SUPPORT, new Method("getInt", Type.INT_TYPE, new Type[] {OBJECT, STRING}));
        } else if (result.equals(Type.BOOLEAN_TYPE)) {
            code.invokeStatic(SUPPORT, new Method("getBoolean", Type.BOOLEAN_TYPE, new Type[] {OBJECT, STRING}));
        } else {
            code.invokeStatic(SUPPORT, new Method("get", OBJECT, new Type[] {OBJECT, STRING}));
            code.unbox(result);
        }
        code.returnValue();
        code.endMethod();
    }

    private void equality(ClassWriter writer) {
        GeneratorAdapter equals = method(writer, ACC_PUBLIC, new Method("equals", "(Ljava/lang/Object;)Z"), null);
        equals.visitCode();
        equals.loadThis();
        equals.loadArg(0);
        equals.invokeStatic(SUPPORT, new Method("sameValues", "(Ljava/lang/Object;Ljava/lang/Object;)Z"));
        equals.returnValue();
        equals.endMethod();
        GeneratorAdapter hash = method(writer, ACC_PUBLIC, new Method("hashCode", "()I"), null);
        hash.visitCode();
        hash.loadThis();
        hash.invokeStatic(SUPPORT, new Method("hashOfValues", "(Ljava/lang/Object;)I"));
        hash.returnValue();
        hash.endMethod();
    }

    private static GeneratorAdapter method(ClassWriter writer, int access, Method method, CharSequence signature) {
        String generic = signature == null ? null : signature.toString();
        return new GeneratorAdapter(
                Opcodes.ASM9,
                writer.visitMethod(access, method.getName(), method.getDescriptor(), generic, null),
                access, method.getName(), method.getDescriptor()) {};
    }
}
