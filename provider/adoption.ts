import { ResourceError } from "./lifecycle";
import { asItIs, named, noSuchResource } from "./provisioning";
import type { Named, Operation } from "./provisioning";
import type { Made } from "./resourceKind";

interface Kind {
  readonly noun: string;
}

/** What a program wants to take over. */
export async function toAdopt<Resource extends Made>(
  operation: Operation<Resource>,
  id: string,
): Promise<Resource> {
  const found = await asItIs(operation, id);
  if (found === undefined) {
    throw noSuchResource(operation, id, "Check the input importId");
  }
  const { projectId } = operation.manila;
  if (found.projectId !== projectId) {
    // Administrators see those of other projects, and everybody sees public shares.
    throw new ResourceError(
      `${label(operation.api, found)} is of project ${found.projectId}, and the cloud settings lead to project ` +
        `${projectId}. Take it over with credentials of its own project.`,
    );
  }
  return found;
}

/** Two resources of a program can't be one on the cloud: each would undo what the other does. */
export function takenOverTwice(kind: Kind, resource: Named): ResourceError {
  return new ResourceError(
    `${label(kind, resource)} can't be taken over twice: another resource of this program stands for it already.`,
  );
}

/**
 * What is there already is not what the program says, and can't become that.
 *
 * @param wrong in what it differs, such as `size 1, not 2`
 * @param chosen whether it is the program that says which one is meant
 */
export function madeOtherwise(kind: Kind, resource: Named, wrong: string[], chosen: boolean): ResourceError {
  return new ResourceError(
    `${label(kind, resource)} is there already, and has ${wrong.join(", ")}. That can't be changed: give it what it has, ` +
      `or leave it out.${chosen ? " Without importId another one is made." : ""}`,
  );
}

function label({ noun }: Kind, resource: Named): string {
  return `The ${noun} ${named(resource)}`;
}
