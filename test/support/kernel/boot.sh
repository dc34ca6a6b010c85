#!/bin/bash
# Boots a kernel of Debian in qemu and records what it says: see record.py and test/kernel/recorded/README.md.
#
# Usage: boot.sh SUITE ARCHITECTURE PACKAGE FILE, as root on Debian, for example
#   boot.sh bookworm s390x linux-image-6.1.0-50-s390x 6.1-s390x.json.gz
# PACKAGE may be several in one argument, where the modules are packed apart. Programs are those of bookworm whatever the kernel, so that
# all recordings have what the same ss(8) and ip(8) say. Takes apt, kmod, cpio, xz-utils and qemu-system-x86 or qemu-system-misc.
set -euo pipefail
suite=$1 architecture=$2 packages=$3 file=$4
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d /tmp/procnet-boot-XXXXXX)
[ -n "${KEEP-}" ] || trap 'rm -rf "$work"' EXIT

# An apt of its own, which knows the other architecture and leaves that of this machine alone.
export APT_CONFIG=$work/apt.conf
mkdir -p "$work"/lists/partial "$work"/cache/archives/partial "$work"/kernel "$work"/root
for one in bookworm $suite; do
  archive=debian
  case $one in *-security) archive=debian-security ;; esac
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/$archive $one main"
done | sort -u >"$work/sources.list"
cat >"$work/apt.conf" <<CONF
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State::lists "$work/lists";
Dir::State::status "/dev/null";
Dir::Cache "$work/cache";
APT::Architecture "$architecture";
APT::Architectures { "$architecture"; };
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
CONF
apt-get update -qq
(cd "$work/kernel" && apt-get download -qq $packages)
for deb in "$work"/kernel/*.deb; do dpkg-deb -x "$deb" "$work/kernel"; done
apt-get install -qq -y --download-only -t bookworm iproute2 python3-minimal libpython3-stdlib busybox-static >/dev/null
for deb in "$work"/cache/archives/*.deb; do dpkg-deb -x "$deb" "$work/root"; done

# In /boot, or since Debian 14 beside the modules.
modules=$(find "$work/kernel" -type d -path '*/lib/modules/*' -prune)
version=${modules##*/}
image=$(find "$work/kernel" -name vmlinuz -o -name "vmlinuz-$version")
mkdir -p "$work/root/lib/modules/$version"
(cd "$modules" && find . \( -path './kernel/net/*' -o -path './kernel/lib/*' -o -path './kernel/crypto/*' -o -name 'modules.*' \
  -o -path './kernel/drivers/net/*.ko*' -not -path './kernel/drivers/net/*/*' \) -type f | cpio -pdm --quiet "$work/root/lib/modules/$version")
find "$work/root/lib/modules" -name '*.ko.xz' -exec unxz {} +
depmod -b "$work/root" "$version"

cd "$work/root"
mkdir -p proc sys dev run tmp sbin recorder/kernel
rm -rf usr/share/{doc,man,locale}
ln -sf /bin/busybox sbin/modprobe
cp "$here"/{record.py,scene.py,routed.batch,routed6.batch} recorder/kernel
cp "$here"/../scene.{py,batch} recorder
cat >init <<'INIT'
#!/bin/busybox sh
export PATH=/usr/bin:/usr/sbin:/bin:/sbin
for one in $(busybox --list); do [ -e /bin/$one ] || [ -e /sbin/$one ] || ln -s busybox /bin/$one; done
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev; mount -t tmpfs run /run; mount -t tmpfs tmp /tmp
mount -t cgroup2 none /sys/fs/cgroup
ip link set lo up
python3 -c 'import platform; print(platform.release(), platform.version())'
python3 /recorder/kernel/record.py /tmp/recorded && { echo BEGIN; base64 /tmp/recorded; echo END; }
poweroff -f
INIT
chmod +x init
[ -e usr/bin/python3 ] || ln -s python3.11 usr/bin/python3
find . | cpio -o -H newc --quiet | gzip -1 >"$work/initrd"

case $architecture in
  amd64) qemu=(qemu-system-x86_64 -cpu max) console=ttyS0 ;;
  i386) qemu=(qemu-system-i386 -cpu max) console=ttyS0 ;;
  s390x) qemu=(qemu-system-s390x -cpu max) console=ttysclp0 ;;
esac
timeout 600 "${qemu[@]}" -accel tcg -m 2000 -nographic -no-reboot -kernel "$image" -initrd "$work/initrd" \
  -append "console=$console panic=-1 quiet rdinit=/init" </dev/null | tr -d '\r' >"$work/console" || true
sed -n '/^BEGIN$/,/^END$/{/^BEGIN$/d;/^END$/d;p}' "$work/console" | base64 -d >"$work/recorded" || true
gzip -t "$work/recorded" 2>/dev/null && [ -s "$work/recorded" ] || { tail -n 40 "$work/console" >&2; echo "nothing was recorded" >&2; exit 1; }
grep -v '^$' "$work/console" | sed '/^BEGIN$/,$d' | tail -n 8
cp "$work/recorded" "$OLDPWD/$file"
