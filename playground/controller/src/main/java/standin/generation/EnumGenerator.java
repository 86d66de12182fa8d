package standin.generation;

import static org.objectweb.asm.Opcodes.ACC_ENUM;
import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.V17;

import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/** Makes an enum whose constants may print as something else than their name, as {@code Tenancy.Default} does. */
final class EnumGenerator {
    private static final Type STRING = Type.getType(String.class);
    private static final Method CONSTRUCTOR =
            new Method("<init>", Type.VOID_TYPE, new Type[] {STRING, Type.INT_TYPE, STRING});

    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES | ClassWriter.COMPUTE_MAXS);
    private final Type self;
    private final Type array;

    private EnumGenerator(String name) {
        self = Type.getObjectType(name.replace('.', '/'));
        array = Type.getType("[" + self.getDescriptor());
    }

    /**
     * @param name      of the class
     * @param constants what {@code toString()} gives, by constant, in order
     */
    static byte[] generate(String name, Map<String, String> constants) {
        return new EnumGenerator(name).generate(constants);
    }

    private byte[] generate(Map<String, String> constants) {
        writer.visit(
                V17, ACC_PUBLIC | ACC_FINAL | ACC_SUPER | ACC_ENUM, self.getInternalName(),
                "Ljava/lang/Enum<" + self.getDescriptor() + ">;", "java/lang/Enum", null);
        writer.visitField(ACC_PRIVATE | ACC_FINAL, "value", STRING.getDescriptor(), null, null).visitEnd();
        writer.visitField(ACC_PRIVATE | ACC_STATIC, "$VALUES", array.getDescriptor(), null, null).visitEnd();
        int access = ACC_PUBLIC | ACC_STATIC | ACC_FINAL | ACC_ENUM;
        constants.keySet().forEach(
                constant -> writer.visitField(access, constant, self.getDescriptor(), null, null).visitEnd());
        constructor();
        constants(constants);
        values();
        lookUp("valueOf", "nameOf");
        lookUp("fromValue", "constantOf");
        text();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void constructor() {
        GeneratorAdapter code = method(ACC_PRIVATE, CONSTRUCTOR);
        code.loadThis();
        code.loadArg(0);
        code.loadArg(1);
        code.invokeConstructor(Type.getType(Enum.class), new Method("<init>", "(Ljava/lang/String;I)V"));
        code.loadThis();
        code.loadArg(2);
        code.putField(self, "value", STRING);
        code.returnValue();
        code.endMethod();
    }

    /** About 30 bytes a constant: room for 2,000 in the 64 KB of one method. */
    private void constants(Map<String, String> constants) {
        GeneratorAdapter code = method(ACC_STATIC, new Method("<clinit>", "()V"));
        code.push(constants.size());
        code.newArray(self);
        code.putStatic(self, "$VALUES", array);
        int position = 0;
        for (Map.Entry<String, String> constant : constants.entrySet()) {
            code.newInstance(self);
            code.dup();
            code.push(constant.getKey());
            code.push(position);
            code.push(constant.getValue());
            code.invokeConstructor(self, CONSTRUCTOR);
            code.dup();
            code.putStatic(self, constant.getKey(), self);
            code.getStatic(self, "$VALUES", array);
            code.swap();
            code.push(position++);
            code.swap();
            code.arrayStore(self);
        }
        code.returnValue();
        code.endMethod();
    }

    private void values() {
        GeneratorAdapter code = method(ACC_PUBLIC | ACC_STATIC, new Method("values", array, new Type[0]));
        code.getStatic(self, "$VALUES", array);
        code.invokeVirtual(array, new Method("clone", "()Ljava/lang/Object;"));
        code.checkCast(array);
        code.returnValue();
        code.endMethod();
    }

    private void lookUp(String name, String support) {
        GeneratorAdapter code = method(ACC_PUBLIC | ACC_STATIC, new Method(name, self, new Type[] {STRING}));
        code.push(self);
        code.loadArg(0);
        code.invokeStatic(
                Type.getType(EnumSupport.class),
                new Method(support, "(Ljava/lang/Class;Ljava/lang/String;)Ljava/lang/Enum;"));
        code.checkCast(self);
        code.returnValue();
        code.endMethod();
    }

    private void text() {
        GeneratorAdapter code = method(ACC_PUBLIC, new Method("toString", STRING, new Type[0]));
        code.loadThis();
        code.getField(self, "value", STRING);
        code.returnValue();
        code.endMethod();
    }

    private GeneratorAdapter method(int access, Method method) {
        MethodVisitor visitor = writer.visitMethod(access, method.getName(), method.getDescriptor(), null, null);
        GeneratorAdapter code =
                new GeneratorAdapter(Opcodes.ASM9, visitor, access, method.getName(), method.getDescriptor()) {};
        code.visitCode();
        return code;
    }
}
