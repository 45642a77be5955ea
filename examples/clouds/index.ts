import * as manila from "pulumi-manila";

/** The entries of clouds.yaml, and the regions of each. */
const CLOUDS = { production: ["north", "south"], archive: ["RegionOne"] };

const places = Object.entries(CLOUDS).flatMap(([cloud, regions]) =>
  regions.map((region) => ({ cloud, region })),
);

// A provider for each place. A resource without one is on the cloud that the stack's configuration or the environment
// names.
const groups = places.map(({ cloud, region }) => {
  const place = `${cloud}-${region}`;
  const provider = new manila.Provider(place, { cloud, region });
  const group = new manila.ConsistencyGroup(
    `database-${place}`,
    { name: "database", description: `The database of the shop in ${region}` },
    { provider },
  );
  return [place, group.id] as const;
});

export const groupIds = Object.fromEntries(groups);
