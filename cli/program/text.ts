import type { ConsistencyGroup, Share } from "../../provider/client";
import { Identifiers, ResourceNames } from "./naming";

/** A group, and those of its shares that the program declares. */
export interface Declared {
  group: ConsistencyGroup;
  shares: Share[];
}

/** A piece of the program that stands for itself. */
class Expression {
  constructor(readonly code: string) {}
}

/**
 * The program that declares groups and shares as they are, and takes them over.
 *
 * @param typeNames names of share types and share group types by their ids; those without are given by id
 */
export function programText(declared: Declared[], typeNames: ReadonlyMap<string, string>): string {
  const identifiers = new Identifiers();
  const groupNames = new ResourceNames("group");
  const shareNames = new ResourceNames("share");
  const statements = declared.flatMap(({ group, shares }) => {
    const name = groupNames.of(group);
    const identifier = identifiers.of(name, "Group");
    return [
      statement(identifier, "ConsistencyGroup", name, groupInputs(group, typeNames)),
      ...shares.map((share) => {
        const shareName = shareNames.of(share);
        const inputs = shareInputs(share, new Expression(`${identifier}.id`));
        return statement(identifiers.of(shareName, "Share"), "Share", shareName, inputs);
      }),
    ];
  });
  return ['import * as manila from "pulumi-manila";\n', ...statements].join("\n");
}

function groupInputs(group: ConsistencyGroup, typeNames: ReadonlyMap<string, string>): object {
  const { id, name = "", description, sourceCgsnapshotId, shareGroupTypeId } = group;
  const nameOf = (type: string): string => typeNames.get(type) ?? type;
  return {
    importId: id,
    name,
    description,
    shareGroupType: shareGroupTypeId === undefined ? undefined : nameOf(shareGroupTypeId),
    // What a group has from its snapshot, a program can't say besides.
    ...(sourceCgsnapshotId === undefined
      ? {
          shareTypes: group.shareTypes.map(nameOf),
          shareNetworkId: group.shareNetworkId,
          availabilityZone: group.availabilityZone,
        }
      : { sourceCgsnapshotId }),
  };
}

function shareInputs(share: Share, consistencyGroupId: Expression): object {
  const { id, name = "", metadata, isPublic } = share;
  return {
    importId: id,
    name,
    description: share.description,
    shareProtocol: share.shareProtocol,
    size: share.size,
    shareTypeId: share.shareTypeId,
    shareNetworkId: share.shareNetworkId,
    availabilityZone: share.availabilityZone,
    metadata: Object.keys(metadata).length > 0 ? metadata : undefined,
    isPublic: isPublic || undefined,
    consistencyGroupId,
    snapshotId: share.snapshotId,
    sourceCgsnapshotMemberId: share.sourceCgsnapshotMemberId,
  };
}

function statement(identifier: string, kind: string, name: string, inputs: object): string {
  const lines = Object.entries(inputs).flatMap(([input, value]: [string, unknown]) =>
    value === undefined ? [] : [`  ${input}: ${literal(value)},\n`],
  );
  return `const ${identifier} = new manila.${kind}(${literal(name)}, {\n${lines.join("")}});\n`;
}

/** A value as TypeScript writes it. */
function literal(value: unknown): string {
  if (value instanceof Expression) {
    return value.code;
  }
  if (Array.isArray(value)) {
    return `[${value.map(literal).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const properties = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${literal(each)}`);
    return `{ ${properties.join(", ")} }`;
  }
  return JSON.stringify(value);
}
