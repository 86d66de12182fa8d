import * as pulumi from "@pulumi/pulumi";
export default pulumi;
