// undici has types for its package as a whole only.
declare module "undici/lib/*" {
    const part: unknown;
    export default part;
}
