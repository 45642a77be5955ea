import type { Cloud } from "./cloud";
import { serve, type Scope } from "./operation";

/** Serves `/availability-zones`: those of the seed. */
export function availabilityZones(scope: Scope, cloud: Cloud): void {
  const createdAt = cloud.clock();
  const zones = cloud.availabilityZones.map((name) => ({ id: cloud.newId(), name }));
  serve(scope, "GET", "/:projectId/availability-zones", {
    since: "2.7",
    handle: ({ generation }) => {
      const shown = { created_at: generation.storedTime(createdAt), updated_at: null };
      return { status: 200, body: { availability_zones: zones.map((zone) => ({ ...zone, ...shown })) } };
    },
  });
}
