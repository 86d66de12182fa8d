export type { RawSettings, SettingsContext } from "./context";
export { SettingsError } from "./problem";
export type { SettingsProblem, SettingsWarning } from "./problem";
export type { AccessSettings, IdentitySettings } from "./schema/access";
export type { CloudSettings } from "./schema/cloud";
export type { ControllerSettings } from "./schema/controller";
export type { NetworkSettings } from "./schema/network";
export type { KeyPairSettings, SecretSettings, StackSettings } from "./schema/stack";
export type { BlockDevice, ImageSettings, TemplateSettings } from "./schema/template";
