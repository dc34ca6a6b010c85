import { type AttributeValue, eachIn } from "../netlink/value.ts";

/*
 * What interfaces of a kind tell of themselves: IFLA_INFO_DATA and IFLA_INFO_SLAVE_DATA, include/uapi/linux/if_link.h, if_tunnel.h. Each
 * kind counts its attributes from 1; they are listed in that order by the kernel's names, lower-case, with how they are written.
 */

/**
 * What an interface of a kind tells of itself, by the kernel's names of its attributes without their beginning: `forward_delay` of a
 * bridge, `id` of a VLAN. Times are in the kernel's own units. What has no name here is `UNKNOWN(n)`, as hexadecimal digits.
 */
export type LinkData = Readonly<Record<string, number | string>>;

const FORMS = {
  u8: (value: AttributeValue) => value.u8(),
  u16: (value: AttributeValue) => value.u16(),
  u32: (value: AttributeValue) => value.u32(),
  s32: (value: AttributeValue) => value.i32(),
  u64: (value: AttributeValue) => value.u64(),
  be16: (value: AttributeValue) => value.be16(),
  be32: (value: AttributeValue) => value.be32(),
  ip: (value: AttributeValue) => value.ip(),
  hw: (value: AttributeValue) => value.hwAddress(),
  hex: (value: AttributeValue) => value.hex(),
  /** It says so by being there. */
  flag: () => 1,
  /** Of a bridge: priority and address, as sysfs prints it. */
  bridge: (value: AttributeValue) => (value.length < 8 ? undefined : value.hex().replace(/^..../, "$&.")),
  /** First and last of some ports. */
  ports: (value: AttributeValue) => (value.length < 4 ? undefined : `${value.be16()}-${value.be16(2)}`),
};

type Form = keyof typeof FORMS;

/** An attribute; `undefined` for one that is never told. */
type Field = readonly [name: string, form: Form] | undefined;

const BRIDGE = `
forward_delay u32, hello_time u32, max_age u32, ageing_time u32, stp_state u32, priority u16, vlan_filtering u8, vlan_protocol be16,
group_fwd_mask u16, root_id bridge, bridge_id bridge, root_port u16, root_path_cost u32, topology_change u8, topology_change_detected u8,
hello_timer u64, tcn_timer u64, topology_change_timer u64, gc_timer u64, group_addr hw, -, mcast_router u8, mcast_snooping u8,
mcast_query_use_ifaddr u8, mcast_querier u8, mcast_hash_elasticity u32, mcast_hash_max u32, mcast_last_member_cnt u32,
mcast_startup_query_cnt u32, mcast_last_member_intvl u64, mcast_membership_intvl u64, mcast_querier_intvl u64, mcast_query_intvl u64,
mcast_query_response_intvl u64, mcast_startup_query_intvl u64, nf_call_iptables u8, nf_call_ip6tables u8, nf_call_arptables u8,
vlan_default_pvid u16, -, vlan_stats_enabled u8, mcast_stats_enabled u8, mcast_igmp_version u8, mcast_mld_version u8,
vlan_stats_per_port u8, multi_boolopt hex, mcast_querier_state hex, fdb_n_learned u32, fdb_max_learned u32,
stp_mode u32`;

const BRIDGE_PORT = `
state u8, priority u16, cost u32, mode u8, guard u8, protect u8, fast_leave u8, learning u8, unicast_flood u8, proxyarp u8,
learning_sync u8, proxyarp_wifi u8, root_id bridge, bridge_id bridge, designated_port u16, designated_cost u16, id u16, no u16,
topology_change_ack u8, config_pending u8, message_age_timer u64, forward_delay_timer u64, hold_timer u64, -, multicast_router u8, -,
mcast_flood u8, mcast_to_ucast u8, vlan_tunnel u8, bcast_flood u8, group_fwd_mask u16, neigh_suppress u8, isolated u8, backup_port u32,
mrp_ring_open u8, mrp_in_open u8, mcast_eht_hosts_limit u32, mcast_eht_hosts_cnt u32, locked u8, mab u8, mcast_n_groups u32,
mcast_max_groups u32, neigh_vlan_suppress u8, backup_nhid u32, neigh_forward_grat u8`;

const BOND = `
mode u8, active_slave u32, miimon u32, updelay u32, downdelay u32, use_carrier u8, arp_interval u32, arp_ip_target hex, arp_validate u32,
arp_all_targets u32, primary u32, primary_reselect u8, fail_over_mac u8, xmit_hash_policy u8, resend_igmp u32, num_peer_notif u8,
all_slaves_active u8, min_links u32, lp_interval u32, packets_per_slave u32, ad_lacp_rate u8, ad_select u8, ad_info hex,
ad_actor_sys_prio u16, ad_user_port_key u16, ad_actor_system hw, tlb_dynamic_lb u8, peer_notif_delay u32, ad_lacp_active u8,
missed_max u8, ns_ip6_target hex, coupled_control u8, broadcast_neigh u8`;

const BOND_SLAVE = `
state u8, mii_status u8, link_failure_count u32, perm_hwaddr hw, queue_id u16, ad_aggregator_id u16, ad_actor_oper_port_state u8,
ad_partner_oper_port_state u16, prio s32`;

const VXLAN = `
id u32, group ip, link u32, local ip, ttl u8, tos u8, learning u8, ageing u32, limit u32, port_range ports, proxy u8, rsc u8, l2miss u8,
l3miss u8, port be16, group6 ip, local6 ip, udp_csum u8, udp_zero_csum6_tx u8, udp_zero_csum6_rx u8, remcsum_tx u8, remcsum_rx u8,
gbp flag, remcsum_nopartial flag, collect_metadata u8, label be32, gpe flag, ttl_inherit u8, df u8, vnifilter u8, localbypass u8,
label_policy u32, reserved_bits hex, mc_route u8`;

const GENEVE = `
id u32, remote ip, ttl u8, tos u8, port be16, collect_metadata flag, remote6 ip, udp_csum u8, udp_zero_csum6_tx u8, udp_zero_csum6_rx u8,
label be32, ttl_inherit u8, df u8, inner_proto_inherit flag, port_range ports`;

const TUNNEL = `
link u32, local ip, remote ip, ttl u8, tos u8, encap_limit u8, flowinfo be32, flags hex, proto u8, pmtudisc u8, 6rd_prefix ip,
6rd_relay_prefix ip, 6rd_prefixlen u16, 6rd_relay_prefixlen u16, encap_type u16, encap_flags u16, encap_sport be16, encap_dport be16,
collect_metadata flag, fwmark u32`;

const GRE = `
link u32, iflags be16, oflags be16, ikey be32, okey be32, local ip, remote ip, ttl u8, tos u8, pmtudisc u8, encap_limit u8, flowinfo be32,
flags u32, encap_type u16, encap_flags u16, encap_sport be16, encap_dport be16, collect_metadata flag, ignore_df u8, fwmark u32,
erspan_index u32, erspan_ver u8, erspan_dir u8, erspan_hwid u16`;

const MACVLAN =
  "mode u32, flags u16, -, -, macaddr_data hex, macaddr_count u32, bc_queue_len u32, bc_queue_len_used u32, bc_cutoff s32";
const VTI = "link u32, ikey be32, okey be32, local ip, remote ip, fwmark u32";

const KINDS: ReadonlyMap<string, string> = new Map([
  ["bridge", BRIDGE],
  ["bond", BOND],
  ["vlan", "id u16, flags u32, egress_qos hex, ingress_qos hex, protocol be16"],
  ["vxlan", VXLAN],
  ["geneve", GENEVE],
  ["macvlan", MACVLAN],
  ["macvtap", MACVLAN],
  ["ipvlan", "mode u16, flags u16"],
  ["ipvtap", "mode u16, flags u16"],
  ["vrf", "table u32"],
  ["xfrm", "link u32, if_id u32, collect_metadata flag"],
  [
    "tun",
    "owner u32, group u32, type u8, pi u8, vnet_hdr u8, persist u8, multi_queue u8, num_queues u32, num_disabled_queues u32",
  ],
  ...["ipip", "sit", "ip6tnl"].map((kind) => [kind, TUNNEL] as const),
  ...["gre", "gretap", "erspan", "ip6gre", "ip6gretap", "ip6erspan"].map((kind) => [kind, GRE] as const),
  ...["vti", "vti6"].map((kind) => [kind, VTI] as const),
]);

const SLAVE_KINDS: ReadonlyMap<string, string> = new Map([
  ["bridge", BRIDGE_PORT],
  ["bond", BOND_SLAVE],
  ["vrf", "table u32"],
]);

const LISTS = new Map<string, readonly Field[]>();

/** A list as it is written above; the first attribute has the number 1. */
function fieldsOf(list: string): readonly Field[] {
  let fields = LISTS.get(list);
  if (fields === undefined) {
    fields = [undefined, ...list.split(",").map(fieldOf)];
    LISTS.set(list, fields);
  }
  return fields;
}

function fieldOf(written: string): Field {
  const [name = "", form] = written.trim().split(" ");
  return name === "-" ? undefined : [name, form as Form];
}

/** What an interface of this kind tells of itself. */
export function linkData(kind: string | undefined, isSlave: boolean, told: AttributeValue): LinkData {
  const list = kind === undefined ? undefined : (isSlave ? SLAVE_KINDS : KINDS).get(kind);
  const fields = list === undefined ? [] : fieldsOf(list);
  const data: Record<string, number | string> = {};
  eachIn(told, (type, value) => {
    const field = fields[type];
    if (field === undefined) {
      if (type >= fields.length) data[`UNKNOWN(${type})`] = value.hex();
      return;
    }
    const [name, form] = field;
    const known = FORMS[form](value);
    if (known !== undefined) data[name] = known;
  });
  return data;
}
