import DefaultTheme from "vitepress/theme";
import { h } from "vue";
import dark from "../../architecture-dark.svg";
import light from "../../architecture-light.svg";
import "./site.css";

const picture = (scheme: "light" | "dark", src: string) =>
    h("img", {
        class: `${scheme}-only`,
        src,
        alt: "Your file, pulumi up, AWS and Jenkins, and the agents between them",
    });

/** VitePress' theme; the first page has the picture of the whole below its buttons. */
export default {
    extends: DefaultTheme,
    Layout: () =>
        h(DefaultTheme.Layout, null, {
            "home-hero-after": () => h("div", { class: "overview" }, [picture("light", light), picture("dark", dark)]),
        }),
};
