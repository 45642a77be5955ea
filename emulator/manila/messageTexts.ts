/** What was being done when something failed, with the ids that the real server gives to it. */
export const ACTIONS = {
  allocateHost: { id: "001", text: "allocate host" },
  create: { id: "002", text: "create" },
  delete: { id: "007", text: "delete" },
};

const noHost = (filter: string) =>
  `No storage could be allocated for this share request, ${filter} filter didn't succeed.`;

/** Why it failed. */
export const DETAILS = {
  unknown: { id: "001", text: "An unknown error occurred." },
  noValidHost: {
    id: "002",
    text: "No storage could be allocated for this share request. Trying again with a different size or share type may succeed.",
  },
  capabilities: { id: "008", text: noHost("Capabilities") },
};
