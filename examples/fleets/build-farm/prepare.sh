#!/bin/sh
# A folder for the builds on the second volume or in memory, and what an agent needs.
set -eu

if ! mountpoint -q /mnt; then
    if [ {{ workspace }} = memory ]; then
        sudo mount -t tmpfs -o size=80% tmpfs /mnt
    else
        for disk in /dev/nvme1n1 /dev/xvdd /dev/sdd; do [ ! -b "$disk" ] || break; done
        sudo mkfs.ext4 -q "$disk"
        sudo mount -o noatime "$disk" /mnt
    fi
fi
sudo install -o "$(id -un)" -g "$(id -gn)" -d /mnt/jenkins

until sudo {{ installer }} -y install {{ java }} {{ packages | raw }}; do
    [ {{ installer }} != apt-get ] || sudo apt-get update
    sleep 2
done
if command -v dockerd; then
    sudo usermod -aG docker "$(id -un)"
    sudo systemctl enable --now docker
fi
