/*
 * What node_exporter calls the procedures of NFS, by their numbers. A hyphen stands for one that it leaves out.
 */

/** Procedures that clients of each version call; of version 4 by the numbers that only Linux has. */
export const CLIENT_METHODS: Readonly<Record<"proc2" | "proc3" | "proc4", string>> = {
  proc2:
    "Null GetAttr SetAttr Root Lookup ReadLink Read WrCache Write Create Remove Rename Link SymLink MkDir RmDir ReadDir FsStat",
  proc3:
    "Null GetAttr SetAttr Lookup Access ReadLink Read Write Create MkDir SymLink MkNod Remove RmDir Rename Link ReadDir ReadDirPlus FsStat FsInfo PathConf Commit",
  proc4:
    "Null Read Write Commit Open OpenConfirm OpenNoattr OpenDowngrade Close Setattr FsInfo Renew SetClientID SetClientIDConfirm Lock Lockt Locku Access Getattr Lookup LookupRoot Remove Rename Link Symlink Create Pathconf StatFs ReadLink ReadDir ServerCaps DelegReturn GetACL SetACL FsLocations ReleaseLockowner Secinfo FsidPresent ExchangeID CreateSession DestroySession Sequence GetLeaseTime ReclaimComplete LayoutGet GetDeviceInfo LayoutCommit LayoutReturn SecinfoNoName TestStateID FreeStateID GetDeviceList BindConnToSession DestroyClientID Seek Allocate DeAllocate LayoutStats Clone",
};

/** Procedures that servers of each version answer; of version 4 the operations. */
export const SERVER_METHODS: Readonly<Record<"proc2" | "proc3" | "proc4", string>> = {
  proc2:
    "- GetAttr SetAttr Root Lookup ReadLink Read WrCache Write Create Remove Rename Link SymLink MkDir RmDir ReadDir FsStat",
  proc3:
    "- GetAttr SetAttr Lookup Access ReadLink Read Write Create MkDir SymLink MkNod Remove RmDir Rename Link ReadDir ReadDirPlus FsStat FsInfo PathConf Commit",
  proc4:
    "- - - Access Close Commit Create DelegPurge DelegReturn GetAttr GetFH Link Lock Lockt Locku Lookup LookupRoot Nverify Open OpenAttr OpenConfirm OpenDgrd PutFH - - Read ReadDir ReadLink Remove Rename Renew RestoreFH SaveFH SecInfo SetAttr SetClientID SetClientIDConfirm Verify Write RelLockOwner",
};

/** Numbers of procedures with what they are called; 0 for those that the kernel does not have. */
export function requestsOf(
  proto: string,
  methods: string,
  counts: readonly number[] = [],
): { readonly labels: { readonly method: string; readonly proto: string }; readonly value: number }[] {
  return methods
    .split(" ")
    .map((method, place) => ({ labels: { method, proto }, value: counts[place] ?? 0 }))
    .filter(({ labels }) => labels.method !== "-");
}
