#!/bin/sh
# Runs on each new instance before the agent connects: installs what the builds need.
set -eu
sudo dnf install --assumeyes docker git java-17-amazon-corretto-headless
sudo systemctl enable --now docker
sudo usermod --append --groups docker ec2-user
