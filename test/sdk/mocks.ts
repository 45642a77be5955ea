import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

const registration = z.object({
  type: z.string(),
  id: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()),
});

/** What a program has asked the engine to register. */
export type Registered = z.infer<typeof registration>;

/**
 * Puts a stand-in in the engine's place; gives the list that fills with what is registered. What is made has the id
 * that `idOf` gives its type.
 */
export async function registered(idOf: (type: string) => string = () => "new"): Promise<Registered[]> {
  const resources: Registered[] = [];
  await pulumi.runtime.setMocks({
    call: () => ({}),
    newResource: (resource) => {
      const parsed = registration.parse(resource);
      resources.push(parsed);
      const { id = "", type, inputs } = parsed;
      return { id: id === "" ? idOf(type) : id, state: inputs };
    },
  });
  return resources;
}

/** The value of an output, once it is known. */
export function valueOf<Value>(output: pulumi.Output<Value>): Promise<Value> {
  return new Promise((resolve) => {
    output.apply((value) => {
      resolve(value);
    });
  });
}
