import assert from "node:assert/strict";
import { ApiError, ConnectionError } from "../../../../provider/openstack/errors";
import { DISK, fault, GROUP, HOST, json, NETWORK, SNAPSHOT, SSD } from "../../consistencyGroup/fakeManila";
import { failure, incomplete, refusal } from "../../failures";
import { MEMBER, SHARE, wireShare } from "../fakeManila";
import { DECLARED, newWorld, recordedState } from "./world";
import type { World } from "./world";

/** A world with an available group of this kind. */
function worldWithGroup(given: Parameters<World["manila"]["add"]>[0] = {}): World {
  const world = newWorld();
  world.manila.add(given);
  return world;
}

/** What was asked of Manila to be made. */
function asked({ manila }: World): unknown {
  return manila.bodies("POST", "/shares")[0];
}

const MEMBER_OF = { ...DECLARED, consistencyGroupId: GROUP };

describe("Share create", () => {
  it("comes back with the share once it is available, and with its paths", async () => {
    const world = newWorld();
    const { id, state } = await world.lifecycle.create(DECLARED);
    assert.equal(id, SHARE);
    assert.deepEqual(state, recordedState({ __defaults: ["shareTypeId", "availabilityZone", "region"] }));
    assert.deepEqual(asked(world), { share: { name: "tables", share_proto: "NFS", size: 2 } });
    const locations = world.manila.calls.filter((call) => call.endsWith("/export_locations"));
    assert.equal(locations.length, 1, "the paths are asked for only once there are any");
  });

  it("sends all that was given", async () => {
    const world = newWorld();
    await world.lifecycle.create({
      ...DECLARED,
      description: "Tables",
      shareTypeId: DISK,
      shareNetworkId: NETWORK,
      availabilityZone: "nova",
      metadata: { team: "shop" },
      isPublic: true,
      timeouts: { create: "1h" },
    });
    assert.deepEqual(asked(world), {
      share: {
        name: "tables",
        description: "Tables",
        share_proto: "NFS",
        size: 2,
        share_type: DISK,
        share_network_id: NETWORK,
        availability_zone: "nova",
        metadata: { team: "shop" },
        is_public: true,
      },
    });
  });

  it("leaves the size to the snapshot that it starts from", async () => {
    const world = newWorld();
    const { state } = await world.lifecycle.create({ shareProtocol: "NFS", snapshotId: SNAPSHOT });
    assert.deepEqual(asked(world), { share: { share_proto: "NFS", snapshot_id: SNAPSHOT, size: null } });
    assert.equal(state.size, 7);
    assert.deepEqual(state.__defaults, ["shareTypeId", "availabilityZone", "region", "size"]);
  });

  it("keeps the id when it fails while it waits", async () => {
    const { lifecycle, manila } = newWorld();
    manila.before = (_sent, count) => {
      if (count > 1) {
        throw new ConnectionError("cut", { sent: true, passing: true });
      }
      return undefined;
    };
    const { id, state } = await incomplete(lifecycle.create(DECLARED));
    assert.deepEqual([id, state.status, state.__creating], [SHARE, "creating", true]);
  });

  it("keeps the id when the paths can't be had", async () => {
    const { lifecycle, manila } = newWorld();
    manila.before = ({ path }) =>
      path.endsWith("/export_locations") ? fault(500, "computeFault", "Oops") : undefined;
    const { id, message } = await incomplete(lifecycle.create(DECLARED));
    assert.equal(id, SHARE);
    assert.match(message, /^Can't list the export locations of share /);
  });

  it("tells why a share has ended in error, and that it is replaced", async () => {
    const { lifecycle, manila } = newWorld();
    manila.onShare = (share) => Object.assign(share, { status: "error" });
    const { state, message } = await incomplete(lifecycle.create(DECLARED));
    assert.equal(state.__creating, true);
    assert.match(
      message,
      /^Share "tables" \(cbfa.*\) is in status "error" \(no host\): no back end can take it/,
    );
    assert.match(message, /the next "pulumi up" replaces it/);
  });

  it("gives the paths of Manila before 2.9 as the share itself has them, and no type before 2.6", async () => {
    const { lifecycle, manila } = newWorld();
    manila.microversion = "2.5";
    const { share_type_name: _name, ...old } = wireShare();
    manila.before = () => json(200, { share: { ...old, share_type: "ssd", export_locations: ["a", "b"] } });
    const { state } = await lifecycle.create({ ...DECLARED, shareTypeId: SSD });
    assert.deepEqual([state.exportLocations, state.shareTypeId], [["a", "b"], SSD]);
  });
});

describe("Share create in a group", () => {
  it("takes over the group's network and its only type", async () => {
    const world = worldWithGroup({ share_types: [DISK], share_network_id: NETWORK });
    const { state } = await world.lifecycle.create(MEMBER_OF);
    const inherited = { share_type: DISK, share_network_id: NETWORK, consistency_group_id: GROUP };
    assert.deepEqual(asked(world), { share: { name: "tables", share_proto: "NFS", size: 2, ...inherited } });
    assert.deepEqual([state.consistencyGroupId, state.shareNetworkId], [GROUP, NETWORK]);
    assert.deepEqual(state.__defaults, ["shareTypeId", "shareNetworkId", "availabilityZone", "region"]);
  });

  it("chooses none of several types, and none in place of the program's", async () => {
    const several = worldWithGroup({ share_types: [DISK, SSD] });
    await several.lifecycle.create(MEMBER_OF);
    const made = { name: "tables", share_proto: "NFS", size: 2, consistency_group_id: GROUP };
    assert.deepEqual(asked(several), { share: made });
    const said = worldWithGroup({ share_types: [DISK] });
    await said.lifecycle.create({ ...MEMBER_OF, shareTypeId: SSD });
    assert.deepEqual(asked(said), { share: { ...made, share_type: SSD } });
  });

  it("waits until the group is available", async () => {
    const world = worldWithGroup({ status: "creating" });
    world.clock.at(30_000, () => {
      const group = world.manila.groups.get(GROUP);
      assert.ok(group);
      group.status = "available";
    });
    const { state } = await world.lifecycle.create(MEMBER_OF);
    assert.equal(state.status, "available");
    assert.ok(world.clock.now() >= 90_000);
  });

  it("makes nothing when the group does not become available, and says what is wrong with it", async () => {
    const world = worldWithGroup({ status: "error" });
    const error = await refusal(world.lifecycle.create(MEMBER_OF));
    assert.match(
      error.message,
      new RegExp(
        `^Consistency group "database" \\(${GROUP}\\) is in status "error", and only one that is available`,
      ),
    );
    assert.equal(asked(world), undefined);
    const slow = worldWithGroup({ status: "creating" });
    const late = await refusal(slow.lifecycle.create({ ...MEMBER_OF, timeouts: { create: "1m" } }));
    assert.match(late.message, /is still "creating" after 1m/);
    assert.equal(asked(slow), undefined);
  });

  it("says that there is no such group", async () => {
    const error = await refusal(newWorld().lifecycle.create(MEMBER_OF));
    assert.match(
      error.message,
      new RegExp(`^There is no consistency group ${GROUP} in project de3.*Check the input`),
    );
  });

  const NO_ZONE = {
    "that gives no zone": fault(
      404,
      "itemNotFound",
      "AvailabilityZoneNotFound: Availability zone None could not be found.",
    ),
    "that gives one": fault(
      400,
      "badRequest",
      "Share cannot have AZ ('562f') different than share group's one (None).",
    ),
  };
  for (const [program, reply] of Object.entries(NO_ZONE)) {
    it(`says what to do about a group without a zone, in a program ${program}`, async () => {
      const { lifecycle, manila } = worldWithGroup();
      manila.before = ({ method }) => (method === "POST" ? reply : undefined);
      const { message } = await refusal(lifecycle.create(MEMBER_OF));
      assert.match(
        message,
        new RegExp(
          `^Share "tables" can't be put into consistency group "database" \\(${GROUP}\\): the group was made .*` +
            "sourceCgsnapshotId.* Manila says: ",
        ),
      );
    });
  }

  it("passes on what Manila says when the group has become busy in between", async () => {
    const { lifecycle, manila } = worldWithGroup();
    manila.before = ({ method }) =>
      method === "POST"
        ? fault(400, "badRequest", "Consistency group status must be available, goterror.")
        : undefined;
    const error = await failure(lifecycle.create(MEMBER_OF), ApiError);
    assert.match(
      error.message,
      /^Can't create share "tables": POST .* 400 badRequest: Consistency group status/,
    );
  });
});

describe("Share create of a copy that a clone of a group has already", () => {
  const COPY = { name: "tables", consistencyGroupId: GROUP, sourceCgsnapshotMemberId: MEMBER };

  /** A world with a clone and its copy, which has neither name nor metadata. */
  function worldWithCopy(given: Partial<ReturnType<typeof wireShare>> = {}): World {
    const world = worldWithGroup({ source_cgsnapshot_id: SNAPSHOT });
    const member = { consistency_group_id: GROUP, source_cgsnapshot_member_id: MEMBER };
    world.manila.addShare({ name: null, ...member, ...given });
    world.manila.addShare({ id: DISK, consistency_group_id: GROUP, source_cgsnapshot_member_id: SSD });
    return world;
  }

  it("adopts it and makes nothing", async () => {
    const world = worldWithCopy();
    const { id, state } = await world.lifecycle.create(COPY);
    assert.equal(id, SHARE);
    assert.equal(asked(world), undefined);
    const place = { consistencyGroupId: GROUP, sourceCgsnapshotMemberId: MEMBER };
    const __defaults = ["shareProtocol", "shareTypeId", "availabilityZone", "region", "size"];
    assert.deepEqual(state, recordedState({ ...place, __defaults }));
    assert.equal(world.manila.stored.get(SHARE)?.name, "tables");
  });

  it("makes it what the program says", async () => {
    const world = worldWithCopy();
    const inputs = { ...COPY, size: 5, metadata: { team: "shop" }, isPublic: true };
    const { state } = await world.lifecycle.create(inputs);
    assert.deepEqual([state.size, state.metadata, state.isPublic], [5, { team: "shop" }, true]);
  });

  it("waits for it, and finds it whatever the case of the id", async () => {
    const world = worldWithCopy({ status: "creating" });
    world.clock.at(30_000, () =>
      Object.assign(world.manila.stored.get(SHARE) ?? {}, { status: "available" }),
    );
    const member = MEMBER.toUpperCase();
    const { state } = await world.lifecycle.create({ ...COPY, sourceCgsnapshotMemberId: member });
    assert.equal(state.status, "available");
  });

  it("keeps the id of one that is in error, and does not let it be replaced", async () => {
    const { lifecycle } = worldWithCopy({ status: "error" });
    const { id, state, message } = await incomplete(lifecycle.create(COPY));
    assert.deepEqual([id, state.status, state.__creating], [SHARE, "error", undefined]);
    assert.match(message, /another copy comes only with another group made from the snapshot/);
    assert.deepEqual(await lifecycle.diff(SHARE, state, COPY), { changes: ["status"], replaces: [] });
  });

  it("keeps the id when Manila refuses a change", async () => {
    const { lifecycle, manila } = worldWithCopy();
    manila.before = ({ method }) => (method === "PUT" ? fault(500, "computeFault", "Oops") : undefined);
    const { id, message } = await incomplete(lifecycle.create(COPY));
    assert.equal(id, SHARE);
    assert.match(message, /^Can't update share /);
  });

  it("is refused when the copy is another than the program says", async () => {
    const world = worldWithCopy();
    const error = await refusal(
      world.lifecycle.create({ ...COPY, shareProtocol: "CIFS", shareTypeId: DISK }),
    );
    assert.equal(
      error.message,
      `The share ${SHARE} is there already, and has shareProtocol "NFS", not "CIFS", shareTypeId "${SSD}", not ` +
        `"${DISK}". That can't be changed: give it what it has, or leave it out.`,
    );
  });

  it("is refused when the group has no such copy", async () => {
    const world = worldWithCopy();
    const missing = await refusal(world.lifecycle.create({ ...COPY, sourceCgsnapshotMemberId: NETWORK }));
    assert.match(
      missing.message,
      new RegExp(`has no copy of member ${NETWORK}: the group was made from group snap`),
    );
    const ordinary = worldWithGroup();
    const error = await refusal(ordinary.lifecycle.create(COPY));
    assert.match(
      error.message,
      /has no copy of member .*: the group was not made from a group snapshot\. Check/,
    );
  });

  it("is refused to a second resource", async () => {
    const { lifecycle } = worldWithCopy();
    await lifecycle.create(COPY);
    const error = await refusal(lifecycle.create({ ...COPY, name: "other" }));
    assert.match(
      error.message,
      /can't be taken over twice: another resource of this program stands for it already/,
    );
  });

  it("is not undone by the end of the record that it replaces", async () => {
    const { lifecycle, manila } = worldWithCopy();
    const { state } = await lifecycle.create(COPY);
    await lifecycle.delete(SHARE, state);
    assert.equal(manila.stored.get(SHARE)?.status, "available");
  });
});

describe("Share create by way of a host", () => {
  it("names the host that has failed", async () => {
    const { lifecycle, manila } = newWorld();
    manila.onShare = (share) => Object.assign(share, { status: "error", host: HOST });
    const { message } = await incomplete(lifecycle.create(DECLARED));
    assert.match(message, new RegExp(`the log of manila-share for host ${HOST} tells why`));
  });
});
